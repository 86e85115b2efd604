//! A browser that asks for updates of its extensions, and so names them.

use crate::{Endpoint, FlowId};

/// A request for updates, in the clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionCheck {
    /// The connection.
    pub flow: FlowId,
    /// The browser.
    pub client: Endpoint,
    /// Whom it asked.
    pub server: Endpoint,
    /// Ids of extensions, and of programs updated by the same service, in the order of the request; at most 64.
    pub ids: Vec<String>,
}
