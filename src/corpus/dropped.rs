//! Lines about what was left out.

use serde::Serialize;

/// Where a line stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file, as it was given.
    pub file: String,
    /// The number of the line, from 1.
    pub line: u64,
}

/// Why a bead was left out, and the bead as it was read, under `bead`: `jq -c .bead` gives it back.
pub fn line(why: &impl Serialize, bead: &str) -> String {
    // Plain data without non-string keys always becomes JSON.
    let mut text = serde_json::to_string(why).unwrap_or_default();
    if text.pop() != Some('}') {
        text = "{".to_owned();
    }
    if text.len() > 1 {
        text.push(',');
    }
    text.push_str("\"bead\":");
    text.push_str(bead);
    text.push('}');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn the_bead_stands_in_it_as_it_was() {
        let bead = r#"{ "b":1.50, "a":"\u0000]]>\t\u202e" }"#;
        let text = line(&json!({"rule": "x", "reason": "\"}\n"}), bead);
        assert!(text.contains(bead) && !text.contains('\n'));
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["rule"], "x");
        assert_eq!(read["bead"]["a"], "\0]]>\t\u{202e}");
        assert_eq!(line(&json!({}), "{}"), r#"{"bead":{}}"#);
        assert_eq!(line(&1, "{}"), r#"{"bead":{}}"#);
    }
}
