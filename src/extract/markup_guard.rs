//! Keeps markup away from the parser that is made to exhaust it.

/// How deep elements may be nested: browsers stop there, too.
const MAX_DEPTH: usize = 512;

/// How much open formatting (`<b>`, `<font>`, …) may be carried from tag to tag, summed over the page: the
/// parser opens all of it anew in each paragraph, which takes quadratic time and memory.
const MAX_CARRIED: usize = 2_000_000;

/// Looks at the tags only, in one pass: whether parsing them takes time in proportion to the page.
pub(super) fn is_harmless(text: &str) -> bool {
    const VOID: [&str; 14] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr",
    ];
    // Their end tags may be missing, and they do not nest.
    const UNCLOSED: [&str; 16] = [
        "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "optgroup", "colgroup",
        "html", "head", "body",
    ];
    const FORMATTING: [&str; 14] =
        ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
    const RAW: [&str; 6] = ["script", "style", "textarea", "title", "xmp", "noframes"];
    let (mut depth, mut formatting, mut carried) = (0usize, 0usize, 0usize);
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or("");
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").and_then(|end| comment.get(end..)).unwrap_or("");
            continue;
        }
        let (closes, tag) = rest.strip_prefix('/').map_or((false, rest), |tag| (true, tag));
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let name = tag.get(..end.min(16)).unwrap_or("").to_ascii_lowercase();
        if name.is_empty() || VOID.contains(&name.as_str()) {
            continue;
        }
        carried += formatting;
        let is_formatting = FORMATTING.contains(&name.as_str());
        if closes {
            formatting -= usize::from(is_formatting && formatting > 0);
            depth = depth.saturating_sub(usize::from(!UNCLOSED.contains(&name.as_str())));
        } else {
            formatting += usize::from(is_formatting);
            depth += usize::from(!UNCLOSED.contains(&name.as_str()));
            if RAW.contains(&name.as_str()) {
                rest = behind_raw(rest, &name);
            }
        }
        if depth > MAX_DEPTH || carried > MAX_CARRIED {
            return false;
        }
    }
    true
}

/// What follows the content of an element that holds no tags, from its end tag on.
fn behind_raw<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = rest.get(at..).unwrap_or("");
        let is_end = rest.get(2..2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
        if is_end {
            return rest;
        }
        rest = rest.get(2..).unwrap_or("");
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_made_to_exhaust_is_refused() {
        assert!(!is_harmless(&"<div>".repeat(100_000)));
        assert!(!is_harmless(&format!("{}{}", "<b>".repeat(500), "<p>x".repeat(100_000))));
        assert!(is_harmless(&"<p>x".repeat(10_000)));
        assert!(is_harmless(&"<script>".repeat(1000)));
        assert!(is_harmless(&"<".repeat(10_000)));
    }
}
