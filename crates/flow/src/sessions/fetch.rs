//! A file fetched over HTTP: which request it answers, and what was carved of it.

use super::{Ends, interface};
use model::{Fact, Side, Transfer};
use parse::app::carve::{Carver, Orders, Recognised};
use parse::app::http::{Method, Request, Response};

/// What a request asked for, kept until it is answered.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    target: String,
    host: Option<String>,
    page: Option<String>,
    content_type: Option<String>,
}

/// What a request fetches, if it fetches something.
pub(super) fn asked(request: &Request, host: Option<String>) -> Option<Box<Asked>> {
    (request.method == Method::Get).then(|| {
        let (target, page) = (request.target.clone(), request.fields.referer.clone());
        Box::new(Asked { target, host, page, content_type: None })
    })
}

/// A file under way.
#[derive(Debug)]
pub(super) struct Fetch {
    asked: Box<Asked>,
    pub(super) carver: Carver,
}

impl Fetch {
    /// The body of this answer, if something may stand in it. Without its request only the body tells.
    pub(super) fn new(asked: Option<Box<Asked>>, response: &Response) -> Option<Box<Fetch>> {
        if response.status != 200 {
            return None;
        }
        let unseen = || Box::new(Asked { target: String::new(), host: None, page: None, content_type: None });
        let mut asked = asked.unwrap_or_else(unseen);
        let fields = &response.fields;
        let carver = Carver::new(fields.content_type.as_deref(), &asked.target, fields.coding)?;
        asked.content_type.clone_from(&fields.content_type);
        Some(Box::new(Fetch { asked, carver }))
    }

    /// The fact, if the file is of a kind that matters. `whole`: its last byte was seen.
    pub(super) fn finish(self, ends: &Ends, from: Side, whole: bool) -> Option<Fact> {
        let Asked { target, host, page, content_type } = *self.asked;
        let carved = self.carver.finish()?;
        if let Some(Recognised::State(state)) = carved.recognised.first() {
            return Some(interface::fact(ends, from, state.clone()));
        }
        Some(Fact::Transfer(Box::new(Transfer {
            flow: ends.flow,
            client: ends.of(from.other()),
            server: ends.of(from),
            host,
            target,
            page,
            content_type,
            size: carved.size,
            sha256: carved.sha256,
            complete: carved.complete && whole,
            recognised: carved.recognised.into_iter().filter_map(said).collect(),
        })))
    }
}

fn said(recognised: Recognised) -> Option<model::Recognised> {
    Some(match recognised {
        Recognised::Config(Orders { pool, login }) => model::Recognised::Config { pool, login },
        Recognised::Script(Orders { pool, login }) => model::Recognised::Script { pool, login },
        Recognised::Program { options, pool } => model::Recognised::Program { options, pool },
        Recognised::Archive(member) => model::Recognised::Archive { member },
        Recognised::WebMiner { starts, key } => model::Recognised::WebMiner { starts, key },
        Recognised::Wasm(marks) => model::Recognised::Wasm {
            scratchpad: marks.scratchpad,
            hash_like: marks.hash_like,
            bit_share: marks.bit_share,
        },
        Recognised::State(_) => return None,
    })
}
