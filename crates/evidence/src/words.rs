//! The message ids that this crate uses beside those of its readers' [`model::Meta`].

/// Why a source or a folder's member was not read, and what went wrong while reading one.
/// `report` holds the words; a test over all crates compares the two lists.
pub const MESSAGES: &[&str] = &[
    UNREAD_NOT_FOUND,
    UNREAD_NO_PERMISSION,
    UNREAD_FAILED,
    UNREAD_EMPTY,
    UNREAD_UNKNOWN,
    UNREAD_SPECIAL,
    UNREAD_LINK,
    UNREAD_TOO_DEEP,
    UNREAD_TOO_MANY,
    UNREAD_NESTED,
    UNREAD_FOLDER,
    GAP_MEMBER,
    GAP_READ_FAILED,
    GAP_STREAM_CUT,
    GAP_STREAM_DAMAGED,
    GAP_BOMB,
    GAP_READER_FAILED,
];

/// No such file or folder.
pub(crate) const UNREAD_NOT_FOUND: &str = "unread-not-found";
/// No permission to read it.
pub(crate) const UNREAD_NO_PERMISSION: &str = "unread-no-permission";
/// Could not be read. `error`: the system's words.
pub(crate) const UNREAD_FAILED: &str = "unread-failed";
/// It is empty.
pub(crate) const UNREAD_EMPTY: &str = "unread-empty";
/// Not a kind of evidence that any reader knows.
pub(crate) const UNREAD_UNKNOWN: &str = "unread-unknown";
/// A device, socket or (in a folder) a FIFO: never opened.
pub(crate) const UNREAD_SPECIAL: &str = "unread-special";
/// A symbolic link in a folder that leads outside it: not followed.
pub(crate) const UNREAD_LINK: &str = "unread-link";
/// A folder nested deeper than is walked.
pub(crate) const UNREAD_TOO_DEEP: &str = "unread-too-deep";
/// A folder with more entries than are walked: the rest is left out.
pub(crate) const UNREAD_TOO_MANY: &str = "unread-too-many";
/// Compressed more than twice.
pub(crate) const UNREAD_NESTED: &str = "unread-nested";
/// A folder without any evidence.
pub(crate) const UNREAD_FOLDER: &str = "unread-folder";

/// Members of a folder that were not read. `first`: the first one's path; `reason`: an `unread-…` message.
pub(crate) const GAP_MEMBER: &str = "gap-member";
/// Reading failed in the middle. `error`: the system's words.
pub(crate) const GAP_READ_FAILED: &str = "gap-read-failed";
/// A compressed stream ends too early.
pub(crate) const GAP_STREAM_CUT: &str = "gap-stream-cut";
/// A compressed stream is damaged, or needs more memory than is allowed. `error`: the decoder's words.
pub(crate) const GAP_STREAM_DAMAGED: &str = "gap-stream-damaged";
/// A decompression bomb: reading stopped. `bytes`: how much was decompressed until then.
pub(crate) const GAP_BOMB: &str = "gap-bomb";
/// The reader failed (a defect of ours): the rest was not read.
pub(crate) const GAP_READER_FAILED: &str = "gap-reader-failed";
