//! Jobs of Alephium (Blake3): one object for each pair of groups.
//!
//! Source: alephium/docs `mining/pool-operator` and the messages of its public pools.

use super::bitcoin::Parameters;
use super::hex;
use super::said::{Family, Job};

/// `[{jobId, fromGroup, toGroup, headerBlob, txsBlob, targetBlob}, …]`.
pub(super) fn notify<'a>(list: &Parameters<'a>) -> Option<Job<'a>> {
    let first = list.at(0).filter(|first| first.is_object())?;
    let group = |name: &str| first.member(name).is_some_and(|value| value.is_number());
    let bytes = |name: &str| hex::is_bytes(first.member(name), 2);
    if !group("fromGroup") || !group("toGroup") || !bytes("headerBlob") || !bytes("targetBlob") {
        return None;
    }
    let mut job = Job::new(Family::Other, first.member("jobId")?.label()?);
    job.computes = Some("blake3");
    Some(job)
}
