//! What only looks like mining.
