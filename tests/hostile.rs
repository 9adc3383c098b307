//! Hostile text through every writer and back: it is the same, or changed as the format says of itself.
//!
//! A format without a reader here fails the test: whoever adds one says how it is read.
#![allow(clippy::unwrap_used)]

#[path = "hostile/readers.rs"]
mod readers;
#[path = "hostile/texts.rs"]
mod texts;

use duizhao::export::container::{self, CONTAINERS};
use duizhao::export::testset::{self, LAYOUTS, Options, TestSet};
use duizhao::export::{self, FILE_SETS, FORMATS, Keeps, Meta, Written};
use duizhao::model::Lang;
use readers::Pairs;

/// What comes out, beside what the format says would come out.
fn compare(name: &str, keeps: Keeps, read: Pairs) {
    let expected: Pairs = texts::pairs()
        .into_iter()
        .map(|(zh, en)| (keeps.text(&zh).into_owned(), keeps.text(&en).into_owned()))
        .filter(|(zh, en)| keeps != Keeps::Line || !zh.is_empty() && !en.is_empty())
        .collect();
    for (number, (got, wanted)) in read.iter().zip(&expected).enumerate() {
        assert!(got == wanted, "{name}, pair {number}: {:.200?} became {:.200?}", wanted, got);
    }
    assert_eq!(read.len(), expected.len(), "{name}: pairs were lost");
}

fn meta() -> Meta {
    let hostile = "]]>\u{0}=1\u{202e}\"'<&>".to_owned();
    Meta { version: hostile.clone(), signature: hostile, licence: None, rules: Vec::new() }
}

#[test]
fn every_format_of_one_file() {
    let bitexts = [texts::bitext()];
    for format in FORMATS {
        let bytes = export::write(format, &meta(), &bitexts);
        if let Some(read) = readers::single(format.name, &bytes) {
            compare(format.name, format.keeps, read);
        } else {
            assert_eq!(format.keeps, Keeps::Nothing, "{} is read by nobody here", format.name);
        }
    }
}

#[test]
fn every_container() {
    let bitexts = [texts::bitext()];
    for format in CONTAINERS {
        let (bytes, _) = container::fill(format, &meta(), Lang::En, &bitexts).unwrap();
        compare(format.name, format.keeps, readers::single(format.name, &bytes).unwrap());
    }
}

#[test]
fn every_format_of_several_files() {
    let bitexts = [texts::bitext()];
    for set in FILE_SETS {
        let files = export::write_set(set, &meta(), &bitexts);
        compare(set.name, set.keeps(), readers::several(set.name, &files));
    }
}

#[test]
fn every_test_set_with_what_a_system_said() {
    let mut set = TestSet::new(Options::default()).unwrap();
    set.add(&texts::bitext());
    let hypothesis: Vec<String> =
        texts::pairs().iter().map(|(zh, _)| testset::KEEPS.text(zh).into_owned()).collect();
    let hypothesis: Vec<&str> =
        hypothesis.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    set.add_system("toy", &hypothesis.join("\n")).unwrap();
    for layout in LAYOUTS {
        let files: Vec<Written> = (layout.files)(&set, &meta());
        compare(layout.name, testset::KEEPS, readers::several(layout.name, &files));
        let system =
            files.iter().find(|file| file.path.contains("toy") && !file.path.ends_with("json")).unwrap();
        assert_eq!(readers::lines(&system.bytes), hypothesis, "{}: {}", layout.name, system.path);
        // `comet-score` and others end a line at any of these.
        for file in files.iter().filter(|file| !file.path.ends_with("json") && !file.path.ends_with("jsonl"))
        {
            let text = std::str::from_utf8(&file.bytes).unwrap();
            assert!(
                !text.contains(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}', '\0']),
                "{}",
                file.path
            );
            assert!(text.lines().all(|line| !line.trim().is_empty()), "{}: an empty line", file.path);
        }
    }
}

/// What can never be a text is refused where it comes in, with the line.
#[test]
fn lone_surrogates_are_refused_with_the_line() {
    let good = String::from_utf8(export::write(&FORMATS[0], &meta(), &[texts::bitext()])).unwrap();
    let line = good.lines().next().unwrap();
    let bad = line.replacen("\"zh\":[\"", "\"zh\":[\"\\ud800", 1);
    assert_ne!(line, bad);
    let error = (duizhao::import::reader("jsonl").unwrap().read)("a", format!("{line}\n{bad}\n").as_bytes());
    let error = error.unwrap_err().at("a");
    assert!(error.to_string().starts_with("a:2: ") && error.remedy_text().is_some(), "{error}");
}
