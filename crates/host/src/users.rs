//! The users of a machine, from `/etc/passwd` (passwd(5)).

use crate::{Gaps, View};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// More would be a directory service.
const MOST: usize = 4 << 20;

/// A user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) home: PathBuf,
}

/// All users by number; of several with one number, the first.
#[derive(Debug, Default)]
pub(crate) struct Users(BTreeMap<u32, User>);

impl Users {
    pub(crate) fn read(view: &mut dyn View, gaps: &mut Gaps) -> Users {
        let path = Path::new("/etc/passwd");
        let content = match view.read(path, MOST) {
            Ok(content) => content,
            Err(fault) => {
                gaps.fault(path, fault);
                return Users::default();
            }
        };
        if !content.whole {
            gaps.cut(path);
        }
        let mut users = BTreeMap::new();
        for line in String::from_utf8_lossy(&content.bytes).lines() {
            let fields: Vec<&str> = line.split(':').collect();
            if let [name, _, number, _, _, home, ..] = fields.as_slice()
                && let Ok(number) = number.parse()
            {
                let user = User { name: (*name).to_owned(), home: PathBuf::from(home) };
                users.entry(number).or_insert(user);
            }
        }
        Users(users)
    }

    pub(crate) fn of(&self, number: u32) -> Option<&User> {
        self.0.get(&number)
    }
}
