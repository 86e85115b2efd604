//! System calls behind safe functions: the only crate of this project with `unsafe`.
//!
//! [`confine()`] gives up, for this process and for ever, what reading evidence does not need.

mod confine;

pub use confine::{Confined, confine};
