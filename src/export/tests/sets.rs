//! Formats of several files, written from the same bitext.

use super::*;
use std::collections::BTreeMap;

/// The files of a format by their names.
fn files(name: &str, bitexts: &[Bitext]) -> BTreeMap<String, String> {
    let written = write_set(file_set(name).unwrap(), &meta(), bitexts);
    let count = written.len();
    let files: BTreeMap<String, String> =
        written.into_iter().map(|f| (f.path, String::from_utf8(f.bytes).unwrap())).collect();
    assert_eq!(files.len(), count, "a name is used twice");
    files
}

/// The only file whose name ends so.
fn ending<'f>(files: &'f BTreeMap<String, String>, end: &str) -> &'f str {
    let found: Vec<&String> = files.iter().filter(|(name, _)| name.ends_with(end)).map(|(_, f)| f).collect();
    assert_eq!(found.len(), 1, "{end} of {:?}", files.keys());
    found[0]
}

#[test]
fn every_set_is_as_it_was() {
    for set in FILE_SETS {
        let files = files(set.name, &[sample()]);
        let text: String = files.iter().map(|(name, text)| format!("--- {name}\n{}", shown(text))).collect();
        insta::assert_snapshot!(set.name, text);
    }
}

#[test]
fn no_name_clashes_and_nothing_is_a_whole_set_too() {
    for set in FILE_SETS {
        assert!(!files(set.name, &[sample(), sample()]).is_empty());
        let none = write_set(set, &meta(), &[]);
        assert_eq!(none.is_empty(), matches!(set.per, Per::Pair(_)));
    }
}

#[test]
fn moses_has_as_many_lines_in_each_file() {
    let files = files("moses", &[sample(), sample()]);
    let texts: Vec<_> = [sample(), sample()].iter().flat_map(translated).collect();
    for (name, text) in &files {
        assert_eq!(text.matches('\n').count(), texts.len(), "{name}");
        assert!(
            text.lines().all(|l| !l.trim().is_empty()) && !text.contains(['\r', '\t', '\u{1}', '\u{2028}'])
        );
    }
    let expected: String = texts.iter().map(|t| line::line(&t.zh) + "\n").collect();
    assert_eq!(files["corpus.zh"], expected);
    let named =
        ["corpus.zh", "corpus.en"].map(|n| crate::import::Named { name: n, bytes: files[n].as_bytes() });
    let read = crate::import::set_reader("moses").unwrap().read(&named).unwrap();
    assert_eq!(translated(&read[0]).len(), texts.len());
}

#[test]
fn a_bead_without_a_text_is_no_line() {
    let mut bitext = sample();
    // Bead 3 is sentence 4, which shrinks to the line break behind it.
    let sentence = &mut bitext.pair.documents.zh.sentences[4];
    sentence.span = Span::new(sentence.span.end(), sentence.span.end() + 1);
    let files = files("moses", &[bitext]);
    assert!(files.values().all(|text| text.matches('\n').count() == 3), "{files:?}");
}

#[test]
fn huggingface_holds_the_text_and_no_null() {
    let files = files("huggingface", &[sample()]);
    let lines: Vec<Value> = files["train.jsonl"].lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let texts = translated(&sample());
    assert_eq!(lines.len(), texts.len());
    let card = &files["README.md"];
    for (line, text) in lines.iter().zip(&texts) {
        assert_eq!(line["translation"], serde_json::json!({ "en": text.en, "zh": text.zh }));
        let columns = line.as_object().unwrap();
        assert!(columns.values().all(|value| !value.is_null()), "{line}");
        assert!(columns.keys().all(|name| card.contains(&format!("  - name: {name}\n"))), "{card}");
        assert_eq!(card.matches("  - name: ").count(), columns.len());
    }
    assert!(card.starts_with("---\nlanguage:\n- en\n- zh\n") && card.matches("\n---\n").count() == 1);
}

#[test]
fn a_ladder_climbs_from_the_first_sentences_behind_the_last() {
    let files = files("hunalign", &[sample()]);
    let number = |text: &str| text.parse::<usize>().unwrap();
    let rungs: Vec<(usize, usize)> = ending(&files, ".ladder")
        .lines()
        .map(|l| l.split('\t').collect::<Vec<_>>())
        .map(|cells| (number(cells[0]), number(cells[1])))
        .collect();
    assert_eq!((rungs[0], rungs[rungs.len() - 1]), ((0, 0), (ZH.len(), EN.len())));
    assert!(rungs.windows(2).all(|w| w[0] != w[1] && w[0].0 <= w[1].0 && w[0].1 <= w[1].1), "{rungs:?}");
    let (zh, en) = (ending(&files, ".zh.txt"), ending(&files, ".en.txt"));
    assert_eq!((zh.matches('\n').count(), en.matches('\n').count()), (ZH.len(), EN.len()));
    let aligned = ending(&files, ".aligned.txt");
    assert_eq!(aligned.matches('\n').count(), rungs.len() - 1);
    assert!(aligned.lines().all(|l| l.split('\t').count() == 3), "{aligned}");
    let sides = |column: usize| aligned.lines().map(move |l| l.split('\t').nth(column).unwrap());
    let sentences =
        |column| sides(column).flat_map(|s| s.split(" ~~~ ")).filter(|s| !s.is_empty()).collect::<Vec<_>>();
    assert_eq!((sentences(0), sentences(1)), (zh.lines().collect(), en.lines().collect()));
}

#[test]
fn intertext_links_every_sentence_once() {
    let files = files("intertext", &[sample()]);
    let links = ending(&files, ".zh.en.xml");
    let targets = links.split("xtargets=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let (mut en, mut zh) = (Vec::new(), Vec::new());
    for target in targets {
        let (to, from) = target.split_once(';').unwrap();
        en.extend(to.split_whitespace());
        zh.extend(from.split_whitespace());
    }
    let text =
        |end: &str| files.iter().find(|(n, _)| n.ends_with(end) && !n.ends_with(".zh.en.xml")).unwrap().1;
    for (linked, xml, sentences) in [(zh, text(".zh.xml"), &ZH), (en, text(".en.xml"), &EN)] {
        let ids: Vec<&str> =
            xml.split("<s id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert_eq!((linked, ids.len()), (ids.clone(), sentences.len()));
        assert!(!xml.contains(['\u{1}', '\u{fffe}']) && !xml.contains("]]>"), "{xml}");
    }
    for (name, xml) in &files {
        let mut reader = Reader::from_str(xml);
        while reader.read_event().unwrap() != Event::Eof {}
        assert!(!name.contains(['/', '"', '&']), "{name}");
    }
    let name = files.keys().find_map(|n| n.strip_suffix(".zh.en.xml")).unwrap();
    assert!(links.contains(&format!("toDoc=\"{name}.en.xml\" fromDoc=\"{name}.zh.xml\"")), "{links}");
}

#[test]
fn gold_is_read_by_the_scorer() {
    let files = files("gold", &[sample()]);
    let (name, json) = files.iter().next().unwrap();
    let gold = crate::eval::parse_gold(name.strip_suffix(".gold.json").unwrap(), json).unwrap();
    assert_eq!(
        (gold.zh.as_slice(), gold.en.as_slice()),
        (&ZH.map(str::to_owned)[..], &EN.map(str::to_owned)[..])
    );
    let mut named: Vec<u32> = gold.beads.iter().flat_map(|b| b.zh().to_vec()).collect();
    named.sort_unstable();
    assert_eq!((named, gold.repeats.len()), ((0..ZH.len() as u32).collect(), 1));
}
