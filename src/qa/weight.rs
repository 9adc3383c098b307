//! How much is lost with a whole sentence.

use crate::model::{ParagraphKind, Severity};
use crate::qa::cues;
use crate::text::{credit, letters};
use regex::Regex;
use std::sync::LazyLock;

/// Lines that sell something, or speak of the outlet rather than of the news.
static PROMOTION: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(
        r"(?i)\b(?:sponsored (?:and written )?by|try (?:it|[\w\s]{2,40}) (?:for )?free|(?:request|book|watch|get|schedule) (?:a|the|your) (?:free )?(?:demo|trial|webinar)|register (?:now|today|here)|sign up (?:now|today|here|for)|subscribe|download (?:the|our|your) (?:free )?(?:\w+ )?(?:report|guide|e-?book|whitepaper|checklist)|learn more (?:at|about|by)|click here|follow us|newsletter|related articles?|this article (?:was|is) (?:sponsored|written))|^(?:广告|推广|点击阅读|扫码|关注我们|更多精彩)",
    )
});

/// A figure of some size, a quote of some length.
static WEIGHTY: LazyLock<Regex> = LazyLock::new(|| {
    cues::built(r#"\d[\d,.]*\s*(?:%|million|billion|thousand|万|亿)|[$€£]\s?\d|\d{3,}|CVE-\d|[“"][^”"]{25,}"#)
});

/// Two capitalised words in a row that do not open the sentence: a name.
static NAME: LazyLock<Regex> =
    LazyLock::new(|| cues::built(r"\s[A-Z][\w-]+(?:\s+(?:of\s+)?[A-Z][\w-]+)+|[a-z][A-Z]"));

/// How grave it is that a sentence is on one side only.
pub fn of_sentence(text: &str, kind: Option<ParagraphKind>) -> Severity {
    let is_caption = kind == Some(ParagraphKind::Caption);
    if credit::is_credit(text) || PROMOTION.is_match(text) || letters::count(text) < 3 {
        Severity::Info
    } else if is_caption || matches!(kind, Some(ParagraphKind::Heading | ParagraphKind::TableCell)) {
        Severity::Minor
    } else if WEIGHTY.is_match(text) || NAME.is_match(text) {
        Severity::Major
    } else {
        Severity::Minor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_names_and_quotes_weigh_more_than_credits_and_promotion() {
        for (text, severity) in [
            ("Source: Brasswater", Severity::Info),
            ("Sponsored and written by Brasswater.", Severity::Info),
            ("Try Brasswater Shield for free", Severity::Info),
            ("***", Severity::Info),
            ("Why?", Severity::Minor),
            ("The complete list can be found in the report.", Severity::Minor),
            ("About 48,000 routers were infected.", Severity::Major),
            ("It was reported by Orla Venn of Brasswater.", Severity::Major),
        ] {
            assert_eq!(of_sentence(text, Some(ParagraphKind::Body)), severity, "{text}");
        }
        assert_eq!(of_sentence("Map of 48,000 routers", Some(ParagraphKind::Caption)), Severity::Minor);
    }
}
