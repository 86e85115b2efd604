//! What is known: wallet formats with their checksums, pools, mining programs, ports.

pub mod wallet;
