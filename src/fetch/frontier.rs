//! What waits to be asked for: a line for each host, each page once.

use std::collections::{HashMap, HashSet, VecDeque};

/// The lines.
#[derive(Debug)]
pub(super) struct Frontier<T> {
    lines: HashMap<String, Line<T>>,
    /// Hosts that have something in line and are not being asked, in turn.
    ready: VecDeque<String>,
    seen: HashSet<String>,
}

#[derive(Debug)]
struct Line<T> {
    waiting: VecDeque<T>,
    busy: bool,
}

impl<T> Default for Frontier<T> {
    fn default() -> Self {
        Self { lines: HashMap::new(), ready: VecDeque::new(), seen: HashSet::new() }
    }
}

impl<T> Frontier<T> {
    /// Puts `item` in its host's line, unless its key was seen before.
    pub fn add(&mut self, host: &str, key: String, item: T) -> bool {
        if !self.seen.insert(key) {
            return false;
        }
        let line = self
            .lines
            .entry(host.to_owned())
            .or_insert_with(|| Line { waiting: VecDeque::new(), busy: false });
        if line.waiting.is_empty() && !line.busy {
            self.ready.push_back(host.to_owned());
        }
        line.waiting.push_back(item);
        true
    }

    /// The next of a host that is not being asked; from then on it is, until [`Self::done`].
    pub fn next(&mut self) -> Option<(String, T)> {
        let host = self.ready.pop_front()?;
        let line = self.lines.get_mut(&host)?;
        let item = line.waiting.pop_front()?;
        line.busy = true;
        Some((host, item))
    }

    /// A host is free again.
    pub fn done(&mut self, host: &str) {
        let Some(line) = self.lines.get_mut(host) else { return };
        line.busy = false;
        if line.waiting.is_empty() {
            self.lines.remove(host);
        } else {
            self.ready.push_back(host.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_take_turns_and_none_is_asked_twice_at_a_time() {
        let mut frontier = Frontier::default();
        for (host, page) in [("a", 1), ("a", 2), ("b", 3), ("a", 1)] {
            frontier.add(host, format!("{host}{page}"), page);
        }
        assert_eq!(frontier.next(), Some(("a".to_owned(), 1)));
        assert_eq!(frontier.next(), Some(("b".to_owned(), 3)));
        assert_eq!(frontier.next(), None);
        assert!(!frontier.add("b", "b3".to_owned(), 3));
        assert!(frontier.add("b", "b4".to_owned(), 4));
        frontier.done("b");
        frontier.done("a");
        assert_eq!(frontier.next(), Some(("b".to_owned(), 4)));
        assert_eq!(frontier.next(), Some(("a".to_owned(), 2)));
        frontier.done("a");
        frontier.done("b");
        assert_eq!(frontier.next(), None);
    }
}
