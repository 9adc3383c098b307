//! Text cut where marks begin and end, so that marks may overlap.

use crate::model::Span;

/// A piece of text under the same marks throughout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'t> {
    /// The text; never empty.
    pub text: &'t str,
    /// Which marks lie on it, by their place in what was given; none for plain text.
    pub marks: Vec<usize>,
}

/// Cuts the stretch `within` of `text`. Marks that reach over its ends are cut to it; what does not lie on character
/// boundaries is passed over.
pub fn pieces<'t>(text: &'t str, within: Span, marks: &[Span]) -> Vec<Piece<'t>> {
    let fits = |&at: &usize| within.start() < at && at < within.end() && text.is_char_boundary(at);
    let ends = marks.iter().flat_map(|mark| [mark.start(), mark.end()]).filter(fits);
    let mut cuts: Vec<usize> = ends.chain([within.start(), within.end()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let piece = |pair: &[usize]| {
        let &[start, end] = pair else { return None };
        let text = text.get(start..end).filter(|t| !t.is_empty())?;
        let covers = |mark: &Span| mark.start() <= start && end <= mark.end();
        let marks = marks.iter().enumerate().filter(|(_, mark)| covers(mark)).map(|(n, _)| n).collect();
        Some(Piece { text, marks })
    };
    cuts.windows(2).filter_map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, within: (usize, usize), marks: &[(usize, usize)]) -> String {
        let marks: Vec<Span> = marks.iter().map(|&(a, b)| Span::new(a, b)).collect();
        let pieces = pieces(text, Span::new(within.0, within.1), &marks);
        pieces.iter().map(|p| format!("{}{:?}", p.text, p.marks)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn marks_nest_overlap_and_reach_over_the_ends() {
        for (marks, expected) in [
            (vec![], "abcdef[]"),
            (vec![(2, 4)], "ab[] cd[0] ef[]"),
            (vec![(1, 5), (2, 3)], "a[] b[0] c[0, 1] de[0] f[]"),
            (vec![(0, 3), (2, 6)], "ab[0] c[0, 1] def[1]"),
            (vec![(2, 4), (2, 4)], "ab[] cd[0, 1] ef[]"),
            (vec![(0, 99)], "abcdef[0]"),
            (vec![(3, 3)], "abc[] def[]"),
        ] {
            assert_eq!(shown("abcdef", (0, 6), &marks), expected);
        }
        assert_eq!(shown("abcdef", (1, 4), &[(0, 2), (3, 9)]), "b[0] c[] d[1]");
        assert_eq!(shown("漏洞", (0, 6), &[(1, 6)]), "漏洞[]");
        assert_eq!(shown("漏洞", (3, 9), &[(3, 6)]), "洞[0]");
        assert_eq!(shown("漏洞", (0, 0), &[]), "");
    }
}
