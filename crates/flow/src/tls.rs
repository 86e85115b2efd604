//! A TLS connection: only its two hellos are read.

use crate::sessions::{Ends, Stamp};
use model::{Fact, Observation, Side, TlsHello};
use parse::app::tls::{ClientHello, NoHello, ServerHello, Transport, client_hello, ja4, server_hello};

/// Bytes of one direction in which its hello must end. Post-quantum key shares make a ClientHello of under 2 KiB;
/// a server may send its certificates in the same flight, but its hello comes first.
const MOST: usize = 16 << 10;

#[derive(Debug)]
enum Half<T> {
    Waiting(Vec<u8>),
    Have(T),
    None,
}

impl<T> Half<T> {
    /// Bytes kept of an unfinished hello.
    fn held(&self) -> usize {
        match self {
            Half::Waiting(so_far) => so_far.capacity(),
            Half::Have(_) | Half::None => 0,
        }
    }
}

/// The hellos of one connection.
#[derive(Debug)]
pub(crate) struct Hellos {
    /// Who began: the sender of the ClientHello, once it is known.
    client: Side,
    client_hello: Half<Box<ClientHello>>,
    server_hello: Half<Box<ServerHello>>,
    stamp: Option<Stamp>,
    said: bool,
}

impl Hellos {
    /// `client` is the side whose stream begins with a ClientHello.
    pub(crate) fn new(client: Side) -> Hellos {
        Hellos {
            client,
            client_hello: Half::Waiting(Vec::new()),
            server_hello: Half::Waiting(Vec::new()),
            stamp: None,
            said: false,
        }
    }

    /// Takes bytes of a side; returns whether more are wanted.
    pub(crate) fn bytes(
        &mut self,
        side: Side,
        stamp: Stamp,
        bytes: &[u8],
        ends: &Ends,
        tell: &mut Vec<Observation>,
    ) -> bool {
        if side == self.client {
            read(&mut self.client_hello, bytes, client_hello);
            self.stamp.get_or_insert(stamp);
        } else {
            read(&mut self.server_hello, bytes, server_hello);
        }
        let wants =
            matches!(self.client_hello, Half::Waiting(_)) || matches!(self.server_hello, Half::Waiting(_));
        if !wants {
            self.close(ends, tell);
        }
        wants
    }

    /// A direction lost bytes: its hello cannot be read any more if it was not complete.
    pub(crate) fn hole(&mut self, side: Side) {
        if side == self.client {
            give_up(&mut self.client_hello);
        } else {
            give_up(&mut self.server_hello);
        }
    }

    /// Bytes of memory behind it.
    pub(crate) fn held(&self) -> usize {
        size_of::<Hellos>() + self.client_hello.held() + self.server_hello.held()
    }

    /// Says what is known.
    pub(crate) fn close(&mut self, ends: &Ends, tell: &mut Vec<Observation>) {
        let Some(stamp) = self.stamp.filter(|_| !self.said) else { return };
        self.said = true;
        let client = match &self.client_hello {
            Half::Have(hello) => Some(hello),
            _ => None,
        };
        let server = match &self.server_hello {
            Half::Have(hello) => Some(hello),
            _ => None,
        };
        let fact = TlsHello {
            flow: ends.flow,
            client: ends.of(self.client),
            server: ends.of(self.client.other()),
            sni: client.and_then(|hello| hello.server_name.clone()),
            alpn: client.map(|hello| hello.protocol_names()).unwrap_or_default(),
            ja4: client.and_then(|hello| ja4(hello, Transport::Tcp)),
            version: server.map(|hello| hello.version.0),
            cipher: server.map(|hello| hello.cipher),
        };
        let fact = Fact::TlsHello(Box::new(fact));
        tell.push(Observation { time: stamp.time, origin: stamp.origin, fact });
    }
}

fn read<T>(half: &mut Half<Box<T>>, bytes: &[u8], parse: fn(&[u8]) -> Result<T, NoHello>) {
    let Half::Waiting(so_far) = half else { return };
    // The common case: the hello comes whole, and nothing needs to be kept.
    let result = if so_far.is_empty() {
        parse(bytes)
    } else {
        so_far.extend_from_slice(bytes);
        parse(so_far)
    };
    match result {
        Ok(hello) => *half = Half::Have(Box::new(hello)),
        Err(NoHello::NeedMore) if so_far.len().max(bytes.len()) < MOST => {
            if so_far.is_empty() {
                so_far.extend_from_slice(bytes);
            }
        }
        Err(_) => *half = Half::None,
    }
}

fn give_up<T>(half: &mut Half<T>) {
    if matches!(half, Half::Waiting(_)) {
        *half = Half::None;
    }
}
