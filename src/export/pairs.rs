//! `pairs.tsv`: which page was translated from which; no header.

use super::cell;
use crate::model::{Evidence, Sides};
use crate::text::name;

/// A pair as a line: the names of both pages without folders, and what it was made by.
pub fn line(ids: Sides<&str>, evidence: &Evidence) -> String {
    let Sides { zh, en } = ids.map(|id| cell(name::base(id)));
    format!("{zh}\t{en}\t{}\n", evidence.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_tab_or_a_line_break_does_not_break_the_line() {
        let ids = Sides::new("zh/a\tb.md", "en/c\n\u{2028}d.md");
        assert_eq!(line(ids, &Evidence::Given), format!("a b.md\tc  d.md\t{}\n", Evidence::Given.name()));
    }
}
