//! Files that hold files.

pub mod tar;
