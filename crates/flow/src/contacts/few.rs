//! A set of different things, sorted, that stops growing at a bound of its own or where the room of all is used up.

use model::AtLeast;

/// How many members all sets together may still take.
#[derive(Debug)]
pub(super) struct Room(pub(super) usize);

#[derive(Debug)]
pub(super) struct Few<T> {
    members: Vec<T>,
    more: bool,
}

impl<T: Ord + Copy> Few<T> {
    pub(super) const fn new() -> Few<T> {
        Few { members: Vec::new(), more: false }
    }

    /// Adds one, if it is new and there is room.
    pub(super) fn add(&mut self, one: T, most: usize, room: &mut Room) {
        // A full set is no longer searched: it says "or more" whatever comes.
        if self.members.len() >= most {
            self.more = true;
            return;
        }
        let Err(at) = self.members.binary_search(&one) else { return };
        if room.0 == 0 {
            self.more = true;
            return;
        }
        room.0 -= 1;
        self.members.insert(at, one);
    }

    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    pub(super) fn count(&self) -> AtLeast {
        AtLeast { count: self.members.len() as u64, or_more: self.more }
    }

    pub(super) fn first(&self, most: usize) -> impl Iterator<Item = T> + '_ {
        self.members.iter().copied().take(most)
    }

    /// Empties it and gives its room back.
    pub(super) fn clear(&mut self, room: &mut Room) {
        room.0 += self.members.len();
        *self = Few::new();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_differs_up_to_its_bound_and_the_room_of_all() {
        let mut room = Room(5);
        let (mut one, mut other) = (Few::new(), Few::new());
        for number in [3, 1, 3, 2, 1] {
            one.add(number, 4, &mut room);
        }
        assert_eq!(one.count(), AtLeast { count: 3, or_more: false });
        for number in 0..9 {
            other.add(number, 4, &mut room);
        }
        assert_eq!(other.count(), AtLeast { count: 2, or_more: true }, "the room of all");
        one.clear(&mut room);
        assert_eq!((one.len(), room.0), (0, 3));
    }
}
