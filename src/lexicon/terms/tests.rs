//! Tests of the termbase and of what is compiled in.

use super::*;
use proptest::prelude::*;

fn heads(text: &str) -> Vec<String> {
    let mentions = Termbase::builtin().heads_in(text);
    mentions.iter().map(|m| format!("{}={}", m.term.head, &text[m.range.clone()])).collect()
}

#[test]
fn terms_are_found_in_their_forms_and_the_longest_first() {
    for (text, found) in [
        ("Palisade was breached.", vec!["breach=breached"]),
        ("The data breaches continue", vec!["data breach=data breaches"]),
        ("a zero-day", vec!["zero day=zero-day"]),
        ("They pleaded guilty", vec!["plead guilty=pleaded guilty"]),
        ("The RATs eat rats", vec!["RAT=RATs"]),
        ("Ransomware operators", vec!["ransomware operator=Ransomware operators"]),
        ("nothing of the kind", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(heads(text), found, "{text}");
    }
}

#[test]
fn a_sense_asks_for_its_neighbourhood() {
    let base = Termbase::builtin();
    assert!(base.heads_in("The operators moved on.").is_empty());
    let beside = HashSet::from(["ransomware".to_owned()]);
    assert_eq!(base.heads_beside("The operators moved on.", &beside)[0].term.head, "operator");
    assert!(
        base.heads_beside("The telecom's operators moved on.", &beside)
            .iter()
            .all(|m| m.term.head != "operator")
    );
    let senses: Vec<&str> =
        base.heads_in("An agent of the FBI").iter().map(|m| m.term.sense.as_str()).collect();
    assert_eq!(senses, ["federal"]);
}

#[test]
fn an_entry_that_is_none_is_refused() {
    for (text, said) in [
        ("[x]\napproved = []\n", "no approved rendering"),
        ("[x]\nwrong.a = [\"甲\"]\n", "missing field"),
        ("[x]\napproved = [\"甲\"]\nbad = 1\n", "unknown field"),
        ("[x]\napproved = [\"甲\"]\n[x]\napproved = [\"甲\"]\n", "duplicate key"),
    ] {
        let error = Termbase::parse(text).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
    }
}

#[test]
fn the_termbase_that_is_compiled_in_is_well_formed() {
    let base = Termbase::parse(BUILTIN).unwrap();
    assert!(base.terms.len() >= 900, "only {} heads", base.terms.len());
    for term in &base.terms {
        let mut seen = HashSet::new();
        assert!(!term.approved.is_empty() && !term.words.is_empty(), "{term:?}");
        let renderings = term.approved.iter().chain(&term.loose).chain(term.faulty.iter().map(|f| &f.zh));
        for zh in renderings {
            assert!(seen.insert(zh), "{}: {zh} stands twice", term.head);
            assert!(!zh.trim().is_empty() && zh.trim() == zh, "{}: `{zh}`", term.head);
        }
        assert!(term.faulty.iter().all(|f| !f.why.is_empty()), "{term:?}");
    }
    for term in &base.terms {
        let whole = base.heads_in(&term.head).into_iter().filter(|m| m.range == (0..term.head.len()));
        let others: Vec<&str> =
            whole.map(|m| m.term.head.as_str()).filter(|head| *head != term.head).collect();
        assert!(others.is_empty(), "`{}` is a form of {others:?}", term.head);
    }
    let keys: Vec<&str> = BUILTIN.lines().filter(|line| line.starts_with('[')).collect();
    let bare = |key: &&str| key.trim_matches(['[', ']', '"']).to_owned();
    assert!(keys.windows(2).all(|pair| bare(&pair[0]) < bare(&pair[1])), "not sorted");
}

proptest! {
    #[test]
    fn any_text_has_its_terms(text in "\\PC*") {
        for mention in Termbase::builtin().heads_in(&text) {
            prop_assert!(text.get(mention.range).is_some());
        }
    }
}
