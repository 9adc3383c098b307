//! What became of each sentence of a bead when its cell was edited.

use crate::text::cells;

/// A sentence in the place of an old one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// The old one.
    Kept,
    /// One that a reviewer wrote.
    New(String),
}

/// For each old sentence what stands in its place: itself, others, or nothing. A sentence that still stands in the cell as it
/// was shown is kept, also what a cell cannot show of it; one that was put between two goes with the one before it.
pub(super) fn pieces(old: &[String], lines: &[String]) -> Vec<Vec<Piece>> {
    let shown: Vec<String> = old.iter().map(|s| cells::line(s)).collect();
    let told: Vec<(usize, &String)> = shown.iter().enumerate().filter(|(_, line)| !line.is_empty()).collect();
    let anchors = common(&told.iter().map(|(_, line)| *line).collect::<Vec<_>>(), lines);
    // What stands in the new text, in order, each with the old sentence that it belongs to, if there is one where it stands.
    let mut items: Vec<(Option<usize>, Piece)> = Vec::new();
    let (mut from, mut start) = (0, 0);
    for (a, b) in anchors.into_iter().chain([(told.len(), lines.len())]) {
        let gap = told.get(from..a).unwrap_or_default();
        for (n, text) in lines.get(start..b).unwrap_or_default().iter().enumerate() {
            // The last of a gap takes what is left over.
            let owner = gap.get(n).or(gap.last()).map(|(owner, _)| *owner);
            items.push((owner, Piece::New(text.clone())));
        }
        items.extend(told.get(a).map(|(owner, _)| (Some(*owner), Piece::Kept)));
        (from, start) = (a + 1, b + 1);
    }
    let mut pieces: Vec<Vec<Piece>> = vec![Vec::new(); old.len()];
    // What is nothing but blanks has no line, so none can be missing: it goes only when all goes.
    for (own, _) in pieces.iter_mut().zip(&shown).filter(|(_, line)| line.is_empty() && !lines.is_empty()) {
        own.push(Piece::Kept);
    }
    let mut last = items.iter().find_map(|(owner, _)| *owner).unwrap_or(old.len().saturating_sub(1));
    for (owner, piece) in items {
        last = owner.unwrap_or(last);
        if let Some(own) = pieces.get_mut(last) {
            own.push(piece);
        }
    }
    pieces
}

/// The longest common subsequence: pairs of places in both lists.
fn common(old: &[&String], new: &[String]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut lengths = vec![0u32; (old.len() + 1) * width];
    let at = |a: usize, b: usize, lengths: &[u32]| lengths.get(a * width + b).copied().unwrap_or_default();
    for (a, line) in old.iter().enumerate().rev() {
        for (b, other) in new.iter().enumerate().rev() {
            let best = if *line == other {
                at(a + 1, b + 1, &lengths) + 1
            } else {
                at(a + 1, b, &lengths).max(at(a, b + 1, &lengths))
            };
            if let Some(length) = lengths.get_mut(a * width + b) {
                *length = best;
            }
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while let (Some(line), Some(other)) = (old.get(a), new.get(b)) {
        if *line == other {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if at(a + 1, b, &lengths) >= at(a, b + 1, &lengths) {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn owned(texts: &str) -> Vec<String> {
        texts.chars().map(String::from).collect()
    }

    /// One letter a sentence; what is kept is shown as `=`.
    fn told(old: &str, new: &str) -> String {
        let show = |piece: &Piece| match piece {
            Piece::Kept => "=".to_owned(),
            Piece::New(text) => text.clone(),
        };
        let shown = pieces(&owned(old), &owned(new));
        shown.iter().map(|own| own.iter().map(show).collect::<String>()).collect::<Vec<_>>().join(",")
    }

    #[test]
    fn what_is_as_it_was_shown_is_kept() {
        for (old, new, expected) in [
            ("abc", "abc", "=,=,="),
            ("abc", "axc", "=,x,="),
            ("abc", "ac", "=,,="),
            ("abc", "", ",,"),
            ("abc", "abxc", "=,=x,="),
            ("abc", "xabc", "x=,=,="),
            ("abc", "abcx", "=,=,=x"),
            ("ab", "xyz", "x,yz"),
            ("ab", "x", "x,"),
            ("a b", "xb", "x,=,="),
            (" ", "x", "=x"),
            ("a b", "", ",,"),
        ] {
            assert_eq!(told(old, new), expected, "{old} → {new}");
        }
    }

    proptest! {
        #[test]
        fn all_of_the_cell_stands_in_the_pieces(old in "[abc ]{1,6}", new in "[abcd]{0,6}") {
            let old = owned(&old);
            let all = pieces(&old, &owned(&new)).into_iter().enumerate().flat_map(|(n, own)| {
                own.into_iter().map(|piece| match piece {
                    Piece::Kept => old[n].clone(),
                    Piece::New(text) => text,
                }).collect::<Vec<_>>()
            });
            prop_assert_eq!(all.collect::<String>().replace(' ', ""), new);
        }
    }
}
