//! The users of a machine, from `/etc/passwd` (passwd(5)).

use crate::{Gaps, View};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// More would be a directory service.
const MOST: usize = 4 << 20;

/// Accounts kept.
const ACCOUNTS: usize = 65_536;

/// A user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) home: PathBuf,
}

/// All users in the order of the file, and where each number stands first.
#[derive(Debug, Default)]
pub(crate) struct Users {
    all: Vec<User>,
    by_number: BTreeMap<u32, usize>,
}

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
        let mut users = Users::default();
        for line in String::from_utf8_lossy(&content.bytes).lines().take(ACCOUNTS) {
            let fields: Vec<&str> = line.split(':').collect();
            if let [name, _, number, _, _, home, ..] = fields.as_slice()
                && let Ok(number) = number.parse()
            {
                let user = User { name: (*name).to_owned(), home: PathBuf::from(home) };
                users.by_number.entry(number).or_insert(users.all.len());
                users.all.push(user);
            }
        }
        users
    }

    pub(crate) fn of(&self, number: u32) -> Option<&User> {
        self.all.get(*self.by_number.get(&number)?)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &User> {
        self.all.iter()
    }
}
