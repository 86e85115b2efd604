//! An HTTP/1 connection that may carry JSON-RPC of mining: work asked for and returned.

use super::conversation::Place;
use super::fetch::{Fetch, asked};
use super::half::{Body, Event, Exchange, Half, Progress, Purpose};
use super::header_work;
use super::interface;
use super::switch::{Switch, Switched, Wish, switched, wish};
use super::talk::Talk;
use super::{Ends, Settings, Sniff, Stamp};
use model::{Carrier, ExtensionCheck, Fact, HttpRequest, Side};
use parse::app::Maybe;
use parse::app::http::{self, Framing, Method, Request, Response};
use parse::app::{extension_check, rig_report};
use parse::mining::json::{Value, is_space};
use parse::mining::objects::Framer;
use parse::mining::said::Act;
use parse::mining::{each, http as places};
use std::collections::VecDeque;

/// Requests told of one connection; a poller asks the same for ever.
const REQUESTS_TOLD: u32 = 16;

/// Requests without a word of mining after which a connection is left alone.
const REQUESTS_WITHOUT_ANCHOR: u64 = 16;

/// Bytes of both sides without a word of mining after which a connection is left alone: a web page's first pictures.
const BYTES_WITHOUT_ANCHOR: u64 = 256 * 1024;

/// Most bytes kept behind a request to switch, until it is answered: a greeting, a login.
const WAITING: usize = 16 * 1024;

/// Most requests in flight; pipelining browsers had six.
const IN_FLIGHT: usize = 64;

/// One connection.
#[derive(Debug)]
pub struct HttpDialogue {
    halves: [Half; 2],
    client: Option<Side>,
    in_flight: VecDeque<Exchange>,
    /// Number of the exchange whose response is on its way; 0 if its request was not seen.
    answering: u64,
    /// Whether anything of mining may stand in that response.
    answer_wanted: bool,
    requests: u64,
    told: u32,
    bytes: u64,
    newest: Option<Box<Request>>,
    /// The newest request should have a body and does not say how long.
    bare: bool,
    /// The newest request asked for another protocol.
    wish: Option<Wish>,
    switch: Option<Switch>,
    /// An answer was seen.
    answered: bool,
    /// Files that have passed, not told yet.
    fetched: Vec<Fact>,
    talk: Talk,
}

impl HttpDialogue {
    /// Whether these first payload bytes of one direction are HTTP/1.
    #[must_use]
    pub fn sniff(first_bytes: &[u8]) -> Sniff {
        match (http::sniff_request(first_bytes), http::sniff_response(first_bytes)) {
            (Maybe::Yes, _) | (_, Maybe::Yes) => Sniff::Yes,
            (Maybe::NeedMore, _) | (_, Maybe::NeedMore) => Sniff::NeedMore,
            (Maybe::No, Maybe::No) => Sniff::No,
        }
    }

    /// A connection between these ends.
    #[must_use]
    pub fn new(ends: Ends, settings: &Settings) -> HttpDialogue {
        let talk = Talk::new(ends, Carrier::Http, settings);
        HttpDialogue {
            halves: [Half::Head(Vec::new()), Half::Head(Vec::new())],
            client: None,
            in_flight: VecDeque::new(),
            answering: 0,
            answer_wanted: false,
            requests: 0,
            told: 0,
            bytes: 0,
            newest: None,
            bare: false,
            wish: None,
            switch: None,
            answered: false,
            fetched: Vec::new(),
            talk,
        }
    }

    /// The next payload bytes of one side, in order; what is new is put into `tell`.
    pub fn bytes(&mut self, side: Side, stamp: Stamp, bytes: &[u8], tell: &mut Vec<Fact>) {
        if bytes.is_empty() {
            return;
        }
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        self.talk.hear(side, stamp);
        if matches!(self.halves[side.index()], Half::Lost) && HttpDialogue::sniff(bytes) == Sniff::Yes {
            self.halves[side.index()] = Half::Head(Vec::new());
        }
        let mut rest = bytes;
        while !rest.is_empty() {
            match &mut self.halves[side.index()] {
                Half::Head(held) => {
                    if held.is_empty() && matches!(rest[0], b'\r' | b'\n') {
                        rest = &rest[1..];
                        continue;
                    }
                    let Some(used) = self.head(side, stamp, rest, tell) else { break };
                    rest = rest.get(used..).unwrap_or_default();
                }
                Half::Body(body) => match body.take(&mut rest) {
                    Progress::More => break,
                    Progress::Whole => self.body_ends(side, stamp),
                    Progress::Broken => self.lose(side),
                },
                Half::Plain(framer) => {
                    let talk = &mut self.talk;
                    framer.feed(rest, &mut |object| {
                        each(object, |said, raw| {
                            talk.take(&said, raw, Place { side, stamp, exchange: u64::MAX })
                        });
                    });
                    break;
                }
                Half::Waiting(held) => {
                    held.extend_from_slice(rest);
                    if held.len() > WAITING {
                        self.lose(side);
                    }
                    break;
                }
                Half::Lost | Half::Done => {
                    // The first bytes behind an answer that switches.
                    if let Some(switch) = self.switch.as_mut().filter(|switch| switch.client != side) {
                        switch.rest.push((side, rest.to_vec()));
                    }
                    break;
                }
            }
        }
        tell.append(&mut self.fetched);
        self.talk.tell_news(tell);
        // The wish was not granted: what was held back is HTTP after all.
        let waits = self.client.filter(|client| *client != side && self.wish.is_none());
        if let Some(client) = waits
            && let Half::Waiting(held) = &mut self.halves[client.index()]
        {
            let held = std::mem::take(held);
            self.halves[client.index()] = Half::Head(Vec::new());
            self.bytes(client, stamp, &held, tell);
        }
    }

    /// What follows, once the connection has stopped being HTTP. Its first bytes are then in [`Switch::rest`].
    pub fn take_switch(&mut self) -> Option<Switch> {
        self.switch.take()
    }

    /// The same at the end of a connection whose answers were not seen, if anything came behind the request.
    pub fn take_unanswered_switch(&mut self) -> Option<Switch> {
        let client = self.client?;
        let Half::Waiting(held) = &mut self.halves[client.index()] else { return None };
        let held = Some(std::mem::take(held)).filter(|held| !held.is_empty() && !self.answered)?;
        let to = match self.wish.take()? {
            Wish::Tunnel(target) => Switched::Tunnel(target),
            Wish::WebSocket(page) => Switched::WebSocket { page, extensions: None },
        };
        Some(Switch { client, to, rest: vec![(client, held)] })
    }

    /// Bytes of one side are missing here.
    pub fn hole(&mut self, side: Side, stamp: Stamp, missing: u64) {
        self.talk.miss(side, stamp, missing);
        match &mut self.halves[side.index()] {
            Half::Plain(framer) => framer.hole(),
            Half::Done => {}
            _ => self.lose(side),
        }
    }

    /// The connection is over; `stamp` is that of its last packet. Emits the final sessions.
    pub fn close(&mut self, stamp: Stamp, tell: &mut Vec<Fact>) {
        self.talk.touch(stamp);
        for side in [Side::A, Side::B] {
            if let Half::Body(body) = &self.halves[side.index()]
                && body.is_complete_at_close()
            {
                self.body_ends(side, stamp);
            }
            if let Half::Plain(framer) = &mut self.halves[side.index()] {
                let talk = &mut self.talk;
                framer.finish(&mut |object| {
                    each(object, |said, raw| {
                        talk.take(&said, raw, Place { side, stamp, exchange: u64::MAX })
                    });
                });
            }
            self.fetched(side, false);
            self.halves[side.index()] = Half::Done;
        }
        tell.append(&mut self.fetched);
        self.talk.tell_all(tell);
    }

    /// Whether more bytes are wanted. Always, once a word of mining was seen; else not for long.
    #[must_use]
    pub fn wants(&self) -> bool {
        self.talk.is_mining()
            || self.halves.iter().any(Half::is_fetching)
            || (self.requests < REQUESTS_WITHOUT_ANCHOR
                && self.bytes < BYTES_WITHOUT_ANCHOR
                && !self.halves.iter().all(|half| matches!(half, Half::Done)))
    }

    /// Bytes held back for messages that are not complete.
    #[must_use]
    pub fn held(&self) -> usize {
        self.halves[0].held().saturating_add(self.halves[1].held())
    }

    /// Whether this has proved to be mining.
    #[must_use]
    pub fn is_mining(&self) -> bool {
        self.talk.is_mining()
    }

    /// Takes bytes of a head; gives how many were used if more may follow.
    fn head(&mut self, side: Side, stamp: Stamp, bytes: &[u8], tell: &mut Vec<Fact>) -> Option<usize> {
        let asks = match self.client {
            Some(client) => client == side,
            None => {
                let Half::Head(held) = &self.halves[side.index()] else { return None };
                let mut text = held.clone();
                text.extend_from_slice(bytes.get(..64).unwrap_or(bytes));
                // Too short to tell: both directions begin with letters; the opener asks.
                match (http::sniff_request(&text), http::sniff_response(&text)) {
                    (Maybe::Yes, _) => true,
                    (_, Maybe::Yes) => false,
                    (Maybe::No, Maybe::No) => {
                        self.lose(side);
                        return None;
                    }
                    _ => self.talk.ends.opener.unwrap_or(side) == side,
                }
            }
        };
        let (event, used) = self.halves[side.index()].head(bytes, asks)?;
        match event {
            Event::Request(request) => {
                self.client = Some(side);
                self.request(side, stamp, *request, tell);
            }
            Event::Response(response) => {
                self.client = Some(side.other());
                self.response(side, stamp, &response);
            }
            Event::NotHttp => {
                if matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'[')) {
                    return Some(self.objects(side, stamp, bytes, asks));
                }
                self.lose(side);
                return None;
            }
        }
        if let Some(switch) = &self.switch {
            self.halves[switch.client.index()] = Half::Done;
            self.halves[switch.client.other().index()] = Half::Done;
            return Some(used);
        }
        // A message without a body is complete.
        if let Half::Body(body) = &mut self.halves[side.index()]
            && body.take(&mut &[][..]) == Progress::Whole
        {
            self.body_ends(side, stamp);
        }
        Some(used)
    }

    /// Objects where a head should stand: the body of a request that forgot to say how long it is, else no HTTP any more
    /// but plain Stratum. Gives how many bytes were used.
    fn objects(&mut self, side: Side, stamp: Stamp, bytes: &[u8], asks: bool) -> usize {
        if asks && std::mem::take(&mut self.bare) {
            let text = bytes.trim_ascii_start();
            if let Some(value) = Value::of(text) {
                self.say(value.raw(), side, stamp, true);
                self.halves[side.index()] = Half::Head(Vec::new());
                return bytes.len() - text.len() + value.raw().len();
            }
        }
        if asks {
            self.talk.leave_http();
        }
        self.halves[side.index()] = Half::Plain(Box::new(Framer::new()));
        0
    }

    fn request(&mut self, side: Side, stamp: Stamp, request: Request, tell: &mut Vec<Fact>) {
        self.requests = self.requests.saturating_add(1);
        if self.told < REQUESTS_TOLD {
            self.told += 1;
            tell.push(Fact::HttpRequest(Box::new(self.told_request(side, &request))));
            let gets = request.method == Method::Get;
            let ids = if gets { extension_check::of_target(&request.target) } else { Vec::new() };
            tell.extend(self.extensions(side, ids));
        }
        if self.in_flight.len() >= IN_FLIGHT {
            self.in_flight.pop_front();
        }
        let method = request.method.clone();
        let asked = asked(&request, request.fields.host.as_deref().map(without_port));
        let header_work = header_work::asked(&method, &request.target);
        let mining = header_work != header_work::Asked::Nothing;
        self.in_flight.push_back(Exchange { number: self.requests, method, mining, asked, header_work });
        if header_work == header_work::Asked::Work {
            let place = Place { side, stamp, exchange: self.requests };
            header_work::ask(&mut self.talk, &request.target, place);
            self.note_places(&request);
        }
        let wanted = matches!(request.method, Method::Post | Method::Put | Method::Other(_));
        self.wish = wish(&request);
        if self.wish.is_some() {
            self.halves[side.index()] = Half::Waiting(Vec::new());
            return;
        }
        let framing = Framing::of_request(&request);
        self.bare = wanted && matches!(framing, Framing::Empty);
        self.halves[side.index()].begin_body(framing, request.fields.coding, wanted);
        let purpose = header_work::in_request(&request.method, &request.target);
        let extensions = request.method == Method::Post && extension_check::may_ask(&request.target);
        if let Some(purpose) = purpose.or(extensions.then_some(Purpose::Extensions)) {
            self.halves[side.index()].keep_whole(purpose);
        }
        self.newest = Some(Box::new(request));
    }

    /// The fact, if extensions were named.
    fn extensions(&self, side: Side, ids: Vec<String>) -> Option<Fact> {
        let (client, server) = (self.talk.ends.of(side), self.talk.ends.of(side.other()));
        let check = ExtensionCheck { flow: self.talk.ends.flow, client, server, ids };
        Some(check).filter(|check| !check.ids.is_empty()).map(|check| Fact::ExtensionCheck(Box::new(check)))
    }

    fn told_request(&self, side: Side, request: &Request) -> HttpRequest {
        let host = request.fields.host.as_deref().map(without_port);
        HttpRequest {
            flow: self.talk.ends.flow,
            client: self.talk.ends.of(side),
            server: self.talk.ends.of(side.other()),
            method: word(&request.method),
            target: request.target.clone(),
            host,
            user_agent: request.fields.user_agent.clone(),
        }
    }

    fn response(&mut self, side: Side, stamp: Stamp, response: &Response) {
        if response.is_interim() && response.status != 101 {
            self.halves[side.index()] = Half::Head(Vec::new());
            return;
        }
        self.answered = true;
        let exchange = self.in_flight.pop_front();
        // What was asked last is answered last.
        let wish = if self.in_flight.is_empty() { self.wish.take() } else { None };
        if (exchange.is_none() || wish.is_some())
            && let Some(to) = switched(response, wish.as_ref())
        {
            let client = side.other();
            let held = match &mut self.halves[client.index()] {
                Half::Waiting(held) => std::mem::take(held),
                _ => Vec::new(),
            };
            let rest = if held.is_empty() { Vec::new() } else { vec![(client, held)] };
            self.switch = Some(Switch { client, to, rest });
            return;
        }
        let method = exchange.as_ref().map_or(Method::Post, |exchange| exchange.method.clone());
        self.answering = exchange.as_ref().map_or(u64::MAX, |exchange| exchange.number);
        self.answer_wanted =
            exchange.as_ref().is_none_or(|exchange| exchange.mining) || self.talk.is_mining();
        if let Some(address) = response.fields.stratum.as_deref().and_then(places::stratum_address) {
            self.talk.open().redirect_to(&address, stamp);
        }
        if response.switches_protocol(&method) {
            self.halves = [Half::Done, Half::Done];
            return;
        }
        let framing = Framing::of_response(response, &method);
        let half = &mut self.halves[side.index()];
        half.begin_body(framing, response.fields.coding, self.answer_wanted);
        let header_work = exchange.as_ref().map_or(header_work::Asked::Nothing, |asked| asked.header_work);
        if let Some(purpose) = header_work::in_response(header_work, response.status) {
            half.keep_whole(purpose);
        }
        let fetches = exchange.as_ref().is_none_or(|exchange| exchange.asked.is_some());
        if fetches && method != Method::Head {
            half.fetch(Fetch::new(exchange.and_then(|exchange| exchange.asked), response));
        }
    }

    /// A file is over.
    fn fetched(&mut self, side: Side, whole: bool) {
        if let Some(fetch) = self.halves[side.index()].take_fetch() {
            self.fetched.extend(fetch.finish(&self.talk.ends, side, whole));
        }
    }

    fn body_ends(&mut self, side: Side, stamp: Stamp) {
        self.fetched(side, true);
        let half = std::mem::replace(&mut self.halves[side.index()], Half::Head(Vec::new()));
        let Half::Body(mut body) = half else { return };
        let asks = self.client == Some(side);
        if let Some((purpose, whole)) = body.take_whole() {
            self.whole(purpose, &whole, Place { side, stamp, exchange: self.exchange(asks) });
        }
        self.content(*body, side, stamp, asks);
        if asks && self.bare {
            // Its body may follow all the same.
        } else if asks {
            self.newest = None;
        } else if let (true, Some(conversation)) = (self.answering != u64::MAX, self.talk.begun()) {
            conversation.forget_exchanges(self.answering);
        }
    }

    /// The exchange of the message at hand.
    fn exchange(&self, asks: bool) -> u64 {
        if asks { self.requests } else { self.answering }
    }

    /// A body that was kept whole.
    fn whole(&mut self, purpose: Purpose, bytes: &[u8], place: Place) {
        if purpose == Purpose::Extensions {
            self.fetched.extend(self.extensions(place.side, extension_check::of_body(bytes)));
            return;
        }
        let request = self.newest.take();
        let target = request.as_ref().map_or("", |request| request.target.as_str());
        let proves = header_work::body(&mut self.talk, purpose, target, bytes, place);
        let asks = self.client == Some(place.side);
        if let Some(request) = request.as_deref().filter(|_| proves && asks) {
            self.note_places(request);
        }
        self.newest = request;
    }

    fn content(&mut self, body: Body, side: Side, stamp: Stamp, asks: bool) {
        let (content, too_long) = body.content();
        let place = self.newest.as_ref().filter(|newest| asks && rig_report::is_place(&newest.target));
        if let Some(report) = place.and_then(|_| rig_report::read(&content)) {
            // It holds the rig's password: nothing else of it is kept.
            self.fetched.push(interface::reported(&self.talk.ends, side, report));
            return;
        }
        if let (true, Some(conversation)) = (too_long, self.talk.begun()) {
            conversation.trouble("session-message-too-long", 1);
        }
        self.say(&content, side, stamp, asks);
    }

    /// Takes the content of a body: one object or one batch, and nothing behind it. A log or a paste of many is no call.
    /// A client does not answer and a server does not ask: that is a document fetched or stored.
    fn say(&mut self, content: &[u8], side: Side, stamp: Stamp, asks: bool) {
        let text = content.trim_ascii_start();
        if !matches!(text.first(), Some(b'{' | b'[')) || !is_alone(text) {
            return;
        }
        let exchange = self.exchange(asks);
        let mut mining = false;
        let talk = &mut self.talk;
        each(content, |said, raw| {
            if matches!((&said.act, asks), (Act::Ask(_), false) | (Act::Tell(_) | Act::Answer(_), true)) {
                return;
            }
            mining |= said.anchor;
            talk.take(&said, raw, Place { side, stamp, exchange });
        });
        if !(asks && mining) {
            return;
        }
        if let Some(exchange) = self.in_flight.iter_mut().find(|open| open.number == exchange) {
            exchange.mining = true;
        }
        if let Some(request) = self.newest.take() {
            self.note_places(&request);
        }
    }

    /// What the head of a mining request says about the miner.
    fn note_places(&mut self, request: &Request) {
        let conversation = self.talk.open();
        if let Some(agent) = &request.fields.user_agent {
            conversation.set_agent(agent);
        }
        if let Some(credentials) = &request.fields.credentials {
            conversation.login_outside(&credentials.user, credentials.password.reveal());
        }
        for word in places::wallet_hints(&request.target) {
            conversation.hint(&word);
            conversation.note_worker(0, places::worker_behind(&request.target, &word));
        }
        if let Some(rate) = places::claimed_hashrate(&request.target) {
            conversation.accounts[0].claimed_hashrate.get_or_insert(rate);
        }
    }

    /// This direction cannot be followed; which response answers which request is not known any more.
    fn lose(&mut self, side: Side) {
        self.fetched(side, false);
        self.halves[side.index()] = Half::Lost;
        self.in_flight.clear();
        self.answering = u64::MAX;
        if let Some(conversation) = self.talk.begun() {
            conversation.forget_exchanges(self.requests);
        }
    }
}

/// Whether no other value stands behind the first. Where the length is not known the next request may.
fn is_alone(text: &[u8]) -> bool {
    let rest = Value::of(text).and_then(|value| text.get(value.raw().len()..));
    let next = rest.map(|rest| rest.iter().find(|byte| !is_space(**byte)));
    next.is_some_and(|next| !matches!(next, Some(b'{' | b'[')))
}

fn word(method: &Method) -> String {
    match method {
        Method::Get => "GET",
        Method::Head => "HEAD",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
        Method::Connect => "CONNECT",
        Method::Options => "OPTIONS",
        Method::Trace => "TRACE",
        Method::Patch => "PATCH",
        Method::Other(word) => word,
    }
    .to_owned()
}

/// A `Host` header's name: lower case, without the port, IPv6 without brackets.
fn without_port(host: &str) -> String {
    let host = host.trim().to_ascii_lowercase();
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split(']').next().unwrap_or(rest).to_owned();
    }
    host.split(':').next().unwrap_or(&host).to_owned()
}

/// See [`super::fuzz`]: both directions from one input, cut at a byte it chooses.
pub(super) fn fuzz(data: &[u8]) {
    use model::{At, Endpoint, EvidenceId, FlowId, Origin, Time};
    let end = |port| Endpoint::new(std::net::Ipv4Addr::LOCALHOST.into(), port);
    let origin = Origin { evidence: EvidenceId(0), at: At::Packet(1) };
    let stamp = Stamp { time: Time::from_secs(1), origin };
    let ends = Ends { a: end(1), b: end(2), opener: None, flow: FlowId(origin) };
    let mut dialogue = HttpDialogue::new(ends, &Settings::default());
    let mut tell = Vec::new();
    for (number, piece) in data.split(|byte| *byte == 0xff).enumerate() {
        let side = if number % 2 == 0 { Side::A } else { Side::B };
        dialogue.bytes(side, stamp, piece, &mut tell);
        if piece.is_empty() {
            dialogue.hole(side, stamp, 1);
        }
    }
    dialogue.close(stamp, &mut tell);
}
