//! flow

pub mod sessions;
