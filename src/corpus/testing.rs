//! Beads and folders for tests.

use crate::model::{Record, Relation, Span};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A bead of the article `article` with these texts; empty ones have no sentence.
pub fn record(article: &str, number: u32, zh: &str, en: &str) -> Record {
    let some = |text: &str| Vec::from_iter((!text.is_empty()).then(|| text.to_owned()));
    let (zh, en) = (some(zh), some(en));
    let relation = match (zh.is_empty(), en.is_empty()) {
        (false, false) => Relation::Translation,
        (false, true) => Relation::Added,
        _ => Relation::Omitted,
    };
    let spans = |texts: &[String]| texts.iter().map(|t| Span::new(0, t.len())).collect::<Vec<_>>();
    let pair = format!("zh/{article}.md+en/{article}.html");
    Record {
        id: format!("{pair}#{number}"),
        pair,
        zh_url: Some(format!("https://zh.example/posts/{article}")),
        en_url: format!("https://en.example/news/{article}"),
        zh_file: format!("zh/{article}.md"),
        en_file: format!("en/{article}.html"),
        zh_index: vec![number; zh.len()],
        en_index: vec![number; en.len()],
        zh_span: spans(&zh),
        en_span: spans(&en),
        zh_paragraph: vec![number; zh.len()],
        en_paragraph: vec![number; en.len()],
        zh_kind: Vec::new(),
        en_kind: Vec::new(),
        zh_published: Some("2031-05-06".to_owned()),
        en_published: Some("2031-05-04".to_owned()),
        zh_retrieved: Some("2031-05-07".to_owned()),
        en_retrieved: Some("2031-05-07".to_owned()),
        orig_lang: "en".to_owned(),
        zh_lang: "zh-Hans".to_owned(),
        en_lang: "en".to_owned(),
        translator: Some("山猫".to_owned()),
        author: None,
        licence: "unknown".to_owned(),
        zh_tdm: None,
        en_tdm: None,
        zh_page_sha256: None,
        en_page_sha256: None,
        zh,
        en,
        relation,
        confidence: 0.9,
        signals: BTreeMap::new(),
        findings: Vec::new(),
        revision: None,
    }
}

/// Beads as a file.
pub fn text(records: &[Record]) -> String {
    records.iter().map(|r| serde_json::to_string(r).unwrap() + "\n").collect()
}

/// A folder that goes away.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn put(&self, name: &str, text: &str) -> PathBuf {
        self.put_bytes(name, text.as_bytes())
    }

    pub fn put_bytes(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn get(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}
