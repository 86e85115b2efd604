//! capture
mod link_type;
pub use link_type::LinkType;
