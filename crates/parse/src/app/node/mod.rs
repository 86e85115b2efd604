//! Full nodes.
