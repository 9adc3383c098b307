//! The inflected forms of regular English words, made rather than cut off: what a form belongs to is never in doubt.

/// A noun's forms: itself and its plural.
pub(super) fn of_noun(word: &str) -> Vec<String> {
    let plural = match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) && !stem.is_empty() => format!("{stem}ies"),
        _ if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        _ => format!("{word}s"),
    };
    vec![word.to_owned(), plural]
}

/// A verb's forms: itself, `-s`, `-ed`, `-ing`; those of a noun among them. Where a final consonant may be doubled
/// (`dropped`), both spellings are given; words that do not exist do no harm.
pub(super) fn of_verb(word: &str) -> Vec<String> {
    let mut forms = of_noun(word);
    let stems = match word.as_bytes() {
        [.., b'e'] => {
            let stem = word.get(..word.len() - 1).unwrap_or_default();
            forms.extend([format!("{stem}ed"), format!("{stem}ing")]);
            return forms;
        }
        [.., before, b'y'] if !b"aeiou".contains(before) => {
            let stem = word.get(..word.len() - 1).unwrap_or_default();
            forms.extend([format!("{stem}ied"), format!("{word}ing")]);
            return forms;
        }
        [.., vowel, last]
            if b"aeiou".contains(vowel) && last.is_ascii_lowercase() && !b"aeiouwxy".contains(last) =>
        {
            vec![word.to_owned(), format!("{word}{}", char::from(*last))]
        }
        _ => vec![word.to_owned()],
    };
    forms.extend(stems.iter().flat_map(|stem| [format!("{stem}ed"), format!("{stem}ing")]));
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_those_of_english() {
        for (word, form) in [
            ("drop", "dropped"),
            ("seize", "seizing"),
            ("deploy", "deployed"),
            ("modify", "modified"),
            ("modify", "modifies"),
            ("patch", "patches"),
            ("breach", "breached"),
            ("exploit", "exploiting"),
            ("agency", "agencies"),
        ] {
            assert!(of_verb(word).iter().any(|f| f == form), "{word}: {:?}", of_verb(word));
        }
        assert_eq!(of_noun("operator"), ["operator", "operators"]);
        assert!(!of_verb("operator").iter().any(|form| form.starts_with("operat") && form.ends_with("ion")));
        for odd in ["", "y", "e", "é", "C2", "2fa"] {
            assert!(of_verb(odd).contains(&odd.to_owned()));
        }
    }
}
