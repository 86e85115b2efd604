//! A SOCKS proxy: greeting, proof, request and their answers, then the stream. Clients pipeline them, and each side
//! is read by itself, so that a capture of one direction tells as much as that direction says.

use super::{Inner, State};
use model::{Side, Target};
use parse::app::Step;
use parse::app::socks::{self, Command, Opening, Request};

/// Most bytes of one side kept while a message is not complete; the longest has 518.
const MOST: usize = 1024;

/// What a side says next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// Client: what begins the stream.
    Opening,
    /// Client, version 5: user name and password, or the request.
    Request,
    /// Server, version 5: the method.
    Method,
    /// Server, version 5: whether user name and password were right.
    Verdict,
    /// Server, version 5: whether it connected.
    Reply,
    /// Server, version 4: the same.
    ReplyFour,
    /// The carried stream.
    Carried,
}

#[derive(Debug)]
struct Half {
    next: Next,
    so_far: Vec<u8>,
}

/// Both sides.
#[derive(Debug)]
pub(super) struct Socks {
    client: Side,
    halves: [Half; 2],
    target: Option<(&'static str, Target)>,
    granted: Option<bool>,
}

impl Socks {
    pub(super) fn new(client: Side) -> Socks {
        let half = |next| Half { next, so_far: Vec::new() };
        // Which version the server answers in is known from the client's first byte.
        let mut halves = [half(Next::Method), half(Next::Method)];
        halves[client.index()].next = Next::Opening;
        Socks { client, halves, target: None, granted: None }
    }

    /// The version's word and the target, once it was asked for.
    pub(super) fn target(&self) -> Option<(&'static str, &Target)> {
        self.target.as_ref().map(|(word, target)| (*word, target))
    }

    /// What the server said; `None` while unknown.
    pub(super) const fn granted(&self) -> Option<bool> {
        self.granted
    }

    pub(super) fn bytes(&mut self, side: Side, bytes: &[u8], hand: &mut impl FnMut(Inner<'_>)) -> State {
        let half = &mut self.halves[side.index()];
        if half.next == Next::Carried {
            hand(Inner::Bytes(bytes));
            return State::Open;
        }
        half.so_far.extend_from_slice(bytes);
        let text = std::mem::take(&mut half.so_far);
        let mut rest = text.as_slice();
        while !rest.is_empty() && self.halves[side.index()].next != Next::Carried {
            match self.message(side, rest) {
                Step::Done(State::Open, used) => rest = rest.get(used..).unwrap_or_default(),
                Step::NeedMore if rest.len() < MOST => {
                    self.halves[side.index()].so_far = rest.to_vec();
                    return State::Open;
                }
                _ => return State::Over,
            }
        }
        hand(Inner::Bytes(rest));
        State::Open
    }

    /// Reads one message of a side.
    fn message(&mut self, side: Side, bytes: &[u8]) -> Step<State> {
        match self.halves[side.index()].next {
            Next::Opening => socks::opening(bytes).map(|opening| match opening {
                Opening::Four(request) => {
                    self.halves[self.client.other().index()].next = Next::ReplyFour;
                    self.asked("socks4", request)
                }
                Opening::Five { .. } => self.goes_on(side, Next::Request),
            }),
            // User name and password begin with 1, the request with 5.
            Next::Request if bytes.first() == Some(&1) => socks::credentials(bytes).map(|_| State::Open),
            Next::Request => socks::request(bytes).map(|request| self.asked("socks5", request)),
            Next::Method => socks::method(bytes).map(|method| match method {
                0 => self.goes_on(side, Next::Reply),
                2 => self.goes_on(side, Next::Verdict),
                // None that both know, or one that encrypts.
                _ => self.answered(method != 0xff),
            }),
            Next::Verdict => socks::verdict(bytes).map(|right| match right {
                true => self.goes_on(side, Next::Reply),
                false => self.answered(false),
            }),
            Next::Reply => socks::reply(bytes).map(|granted| self.replied(side, granted)),
            Next::ReplyFour => socks::reply_four(bytes).map(|granted| self.replied(side, granted)),
            Next::Carried => Step::Done(State::Open, 0),
        }
    }

    fn goes_on(&mut self, side: Side, next: Next) -> State {
        self.halves[side.index()].next = next;
        State::Open
    }

    fn asked(&mut self, word: &'static str, request: Request) -> State {
        let Request { command, host, port, .. } = request;
        self.target = Some((word, Target { host, port }));
        // Only a plain connection carries a stream on this connection.
        if command != Command::Connect {
            return State::Over;
        }
        self.goes_on(self.client, Next::Carried)
    }

    fn replied(&mut self, side: Side, granted: bool) -> State {
        self.halves[side.index()].next = Next::Carried;
        self.answered(granted)
    }

    fn answered(&mut self, granted: bool) -> State {
        self.granted = Some(granted);
        let reads_on = self.halves[self.client.other().index()].next == Next::Carried;
        if granted && reads_on { State::Open } else { State::Over }
    }
}
