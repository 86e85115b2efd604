//! The one place where the engine is called: settings in, a case out.

use crate::failure::Failure;
use crate::options::ScanOptions;
use crate::progress::Step;
use model::{Case, Message};

/// Scans the evidence.
pub(crate) fn investigate(options: &ScanOptions, step: &mut dyn FnMut(Step)) -> Result<Case, Failure> {
    let _ = (options, step);
    Err(Message::new("cli-no-engine").into())
}
