//! Weights and findings for tests, with the numbers of the scheme's table.

use model::{
    Endpoint, Facts, Finding, FindingKey, FindingKind, Group, Grows, Message, Subject, Tenths, Time, Weight,
    WeightKind,
};
use std::net::IpAddr;

pub(crate) const ADDRESS: &str = "10.0.0.7";

const fn weight(id: &'static str, group: Group, tenths: i32, conclusive: bool) -> Weight {
    Weight {
        id,
        group,
        tenths: Tenths(tenths),
        kind: WeightKind::Definition,
        conclusive,
        grows: None,
        source: "test",
    }
}

pub(crate) static TWO_WAY: Weight = weight("two-way", Group::Wire, 500, true);
pub(crate) static ANSWERED: Weight = weight("answered", Group::Wire, 400, true);
pub(crate) static SINGLE: Weight = weight("single", Group::Wire, 200, false);
pub(crate) static LASTING: Weight = weight("lasting", Group::Dest, 420, true);
pub(crate) static REACHED: Weight = weight("address-lasting", Group::Dest, 360, false);
pub(crate) static REPEATED: Weight = weight("repeated", Group::Dest, 300, false);
pub(crate) static PORT: Weight = weight("port", Group::Dest, 10, false);
pub(crate) static LOOKED_UP: Weight = Weight {
    grows: Some(Grows { distinct: Some(3), count: Some(20), over_secs: 3600, to: &REPEATED }),
    ..weight("looked-up", Group::Dest, 200, false)
};
pub(crate) static WEIGHTS: [&Weight; 7] =
    [&TWO_WAY, &ANSWERED, &SINGLE, &LASTING, &REACHED, &PORT, &LOOKED_UP];

/// A finding about an address at a second.
pub(crate) fn finding(address: &str, detail: &str, weight: Option<&'static Weight>, second: i64) -> Finding {
    let address: IpAddr = address.parse().expect("a test's address");
    let time = Time::from_secs(second);
    Finding {
        key: FindingKey { detector: "test", host: address.into(), detail: detail.to_owned() },
        kind: if weight.is_some() { FindingKind::Mining } else { FindingKind::Context },
        role: None,
        weight,
        act: None,
        message: Message::new("test"),
        subject: Subject::Host,
        facts: Facts::default(),
        first: time,
        last: time,
        count: 1,
        cited: Vec::new(),
        technique: None,
        dialogue: Vec::new(),
    }
}

/// A connection, as the subject of a finding.
pub(crate) fn connection(client: &str, server: &str) -> Subject {
    let end = |text: &str| {
        let end: std::net::SocketAddr = text.parse().expect("a test's end");
        Endpoint::new(end.ip(), end.port())
    };
    Subject::Connection { client: end(client), server: end(server) }
}
