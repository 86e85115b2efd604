//! placeholder
use model::*;
/// x
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// x
    pub time: Time,
    /// x
    pub origin: Origin,
}
/// x
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// x
    pub record_dialogue: bool,
    /// x
    pub show_secrets: bool,
}
/// x
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends {
    /// x
    pub a: Endpoint,
    /// x
    pub b: Endpoint,
    /// x
    pub opener: Option<Side>,
    /// x
    pub flow: FlowId,
}
impl Ends {
    /// The end of a side.
    #[must_use]
    pub const fn of(&self, side: Side) -> Endpoint {
        match side {
            Side::A => self.a,
            Side::B => self.b,
        }
    }
}
/// x
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sniff {
    /// x
    Yes,
    /// x
    No,
    /// x
    NeedMore,
}
macro_rules! stub {
    ($n:ident) => {
        /// x
        #[derive(Debug)]
        pub struct $n;
        #[allow(missing_docs, reason = "stub")]
        impl $n {
            pub fn sniff(_b: &[u8]) -> Sniff {
                Sniff::No
            }
            pub fn new(_e: Ends, _s: &Settings) -> $n {
                $n
            }
            pub fn bytes(&mut self, _side: Side, _stamp: Stamp, _b: &[u8], _tell: &mut Vec<Fact>) {}
            pub fn hole(&mut self, _side: Side, _stamp: Stamp, _n: u64) {}
            pub fn close(&mut self, _stamp: Stamp, _tell: &mut Vec<Fact>) {}
            pub fn wants(&self) -> bool {
                false
            }
        }
    };
}
stub!(Dialogue);
stub!(HttpDialogue);
