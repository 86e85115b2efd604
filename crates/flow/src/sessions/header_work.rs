//! Sia's work over HTTP: bare bytes, which are told as the same words as getwork's objects.

use super::conversation::Place;
use super::half::Purpose;
use super::talk::Talk;
use parse::app::http::Method;
use parse::mining::sia;

/// What the body of a request to this target may be.
pub(super) fn in_request(method: &Method, target: &str) -> Option<Purpose> {
    (*method == Method::Post && sia::is_place(target)).then_some(Purpose::SolvedHeader)
}

/// What the body of the answer may be.
pub(super) fn in_response(asked: Asked, status: u16) -> Option<Purpose> {
    match asked {
        Asked::Nothing => None,
        Asked::Work => (status == 200).then_some(Purpose::Work),
        Asked::Verdict => Some(Purpose::Verdict(status)),
    }
}

/// What an exchange asked of a node or pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Nothing,
    Work,
    Verdict,
}

/// What a request asks.
pub(super) fn asked(method: &Method, target: &str) -> Asked {
    match method {
        Method::Get if sia::is_place(target) => Asked::Work,
        Method::Post if sia::is_place(target) => Asked::Verdict,
        _ => Asked::Nothing,
    }
}

/// A request for work; whether it proves something.
pub(super) fn ask(talk: &mut Talk, target: &str, place: Place) -> bool {
    let said = sia::asks(target);
    talk.take(&said, format!("GET {target}").as_bytes(), place);
    said.anchor
}

/// A body of one of these purposes; whether it proves something.
pub(super) fn body(talk: &mut Talk, purpose: Purpose, target: &str, bytes: &[u8], place: Place) -> bool {
    let said = match purpose {
        Purpose::Extensions => None,
        Purpose::SolvedHeader => sia::returns(target, bytes),
        Purpose::Work => sia::work(bytes),
        Purpose::Verdict(status) => Some(sia::verdict(status, bytes)),
    };
    let Some(said) = said else { return false };
    let shown = match purpose {
        Purpose::Verdict(status) => format!("{status} {}", String::from_utf8_lossy(bytes).trim()),
        _ => sia::digits(bytes),
    };
    talk.take(&said, shown.as_bytes(), place);
    said.anchor
}
