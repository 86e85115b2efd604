//! A balancer's header before the first byte of a stream, then the stream.

use super::{Inner, State};
use model::{Endpoint, Side};
use parse::app::Step;
use parse::app::proxy_protocol::header;

/// Most bytes of a header that are kept while it is not complete.
const MOST: usize = 4096;

/// The header, while it comes and after.
#[derive(Debug)]
pub(super) struct ProxyHeader {
    sender: Side,
    so_far: Option<Vec<u8>>,
    client: Option<Endpoint>,
}

impl ProxyHeader {
    /// The header comes from `sender`.
    pub(super) const fn new(sender: Side) -> ProxyHeader {
        ProxyHeader { sender, so_far: Some(Vec::new()), client: None }
    }

    /// In whose name the balancer connected.
    pub(super) const fn client(&self) -> Option<Endpoint> {
        self.client
    }

    pub(super) fn bytes(&mut self, side: Side, bytes: &[u8], hand: &mut impl FnMut(Inner<'_>)) -> State {
        let Some(so_far) = self.so_far.as_mut().filter(|_| side == self.sender) else {
            hand(Inner::Bytes(bytes));
            return State::Open;
        };
        so_far.extend_from_slice(bytes);
        match header(so_far) {
            Step::Done(header, used) => {
                self.client = header.source.map(|(address, port)| Endpoint::new(address, port));
                let rest = self.so_far.take().unwrap_or_default();
                hand(Inner::Bytes(rest.get(used..).unwrap_or_default()));
                State::Open
            }
            Step::NeedMore if so_far.len() < MOST => State::Open,
            Step::NeedMore | Step::Broken => State::Over,
        }
    }
}
