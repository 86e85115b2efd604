//! Jobs of Kadena (Blake2s).
//!
//! Source: kadena-io/chainweb-mining-client `src/Worker/Stratum/Protocol.hs`.

use super::bitcoin::Parameters;
use super::hex;
use super::said::{Family, Job};

/// Digits of a header of Chainweb: 286 bytes.
const HEADER: usize = 572;

/// `[job, header, clean]`.
pub(super) fn notify<'a>(list: &Parameters<'a>) -> Option<Job<'a>> {
    if list.count != 3 || !hex::exactly(list.at(1), HEADER) || !list.is_bool(2) {
        return None;
    }
    let mut job = Job::new(Family::Other, list.at(0)?.label()?);
    job.computes = Some("blake2s");
    Some(job)
}
