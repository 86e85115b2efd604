//! stub
use super::*;
use model::Fact;
/// x
#[derive(Debug)]
pub struct HttpDialogue;
#[allow(missing_docs, reason = "stub")]
impl HttpDialogue {
    pub fn sniff(_b: &[u8]) -> Sniff {
        Sniff::No
    }
    pub fn new(_e: Ends, _s: Settings) -> HttpDialogue {
        HttpDialogue
    }
    pub fn bytes(&mut self, _side: Side, _stamp: Stamp, _b: &[u8], _tell: &mut Vec<Fact>) {}
    pub fn hole(&mut self, _side: Side, _stamp: Stamp, _n: u64) {}
    pub fn close(&mut self, _stamp: Stamp, _tell: &mut Vec<Fact>) {}
    pub fn wants(&self) -> bool {
        false
    }
}
