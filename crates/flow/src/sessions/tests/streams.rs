//! Streams as they really arrive.
