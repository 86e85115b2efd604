//! Nervos CKB (Eaglesong): `ckb_submitLogin` and its like, and jobs over `mining.notify`.
//!
//! Sources: the Stratum notes of nervosnetwork/ckb ("stratum v1" in its docs folder); leifjacky/ckb-gominer-demo `README.md`.

use super::bitcoin::Parameters;
use super::hex;
use super::json::Value;
use super::read::Root;
use super::said::{Ask, Family, Job};

/// `[job, header hash, height, parent hash, clean]`.
pub(super) fn notify<'a>(list: &Parameters<'a>) -> Option<Job<'a>> {
    let fits = list.count == 5
        && hex::is_hash(list.at(1))
        && list.at(2)?.is_number()
        && hex::is_hash(list.at(3))
        && list.is_bool(4);
    if !fits {
        return None;
    }
    let mut job = Job::new(Family::Other, list.at(0)?.label()?);
    job.height = list.at(2)?.u64();
    job.computes = Some("eaglesong");
    Some(job)
}

/// `ckb_submitLogin` with an object `{login, agent, worker}` or a list.
pub(super) fn login<'a>(root: &Root<'a>) -> Option<Ask<'a>> {
    let params = root.params?;
    let user = match params.is_object() {
        true => params.member("login").and_then(Value::words),
        false => Parameters::of(Some(params)).words(0),
    };
    Some(Ask::Authorize { user: user?, password: None })
}
