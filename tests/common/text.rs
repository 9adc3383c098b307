//! Text to try things on, and documents made of it.
#![allow(dead_code)]

use duizhao::model::{
    Article, Bead, Document, Lang, Paragraph, ParagraphKind, Relation, Sentence, Source, Span,
};
use proptest::prelude::*;

/// Sentences as they might come: Chinese news, or anything else.
pub fn zh() -> impl Strategy<Value = String> {
    sentence(&[
        "攻击者",
        "利用",
        "零日漏洞",
        "窃取了",
        "约1.2万名",
        "客户的数据",
        "勒索软件",
        "研究人员",
        "周二",
        "，",
        "。",
        "QuillFox",
        "CVE-2031-4041",
        "4800万美元",
        "“",
        "”",
        "《",
        "据悉",
    ])
}

/// As [`zh`], in English.
pub fn en() -> impl Strategy<Value = String> {
    sentence(&[
        "attackers ",
        "exploited ",
        "a zero-day ",
        "stole ",
        "data of 12,000 customers ",
        "ransomware ",
        "researchers ",
        "on Tuesday",
        ", ",
        ". ",
        "QuillFox ",
        "CVE-2031-4041 ",
        "$48 million ",
        "\"",
        "said ",
        "Source: Tarn ",
    ])
}

/// Mostly the words given, strung together; sometimes blanks, control characters, a wall of text, or anything.
fn sentence(words: &[&'static str]) -> impl Strategy<Value = String> + use<> {
    let words = prop::collection::vec(prop::sample::select(words.to_vec()), 0..14).prop_map(|w| w.concat());
    let hostile = prop::sample::select(vec![
        "",
        " ",
        "\u{3000}",
        "\u{0}\u{1}\u{7f}",
        "\t\r\n",
        "\u{feff}",
        "\u{202e}。",
        "𠮷𠮷𠮷",
        "e\u{301}",
        "。",
        "...",
        "1e308",
        "99999999999999999999999999999年",
        "百分之",
        "-",
        "İ",
        "ß",
    ]);
    prop_oneof![
        12 => words,
        2 => hostile.prop_map(str::to_owned),
        2 => any::<String>(),
        1 => (prop::sample::select(vec!["漏洞", "attack ", "a", "1", "一", "."]), 1usize..3000).prop_map(|(s, n)| s.repeat(n)),
    ]
}

/// A document of these sentences, each a paragraph of its own; `name` is whatever a document is called.
pub fn document(name: &str, sentences: &[String]) -> Document {
    let mut text = String::new();
    let (mut paragraphs, mut cut) = (Vec::new(), Vec::new());
    for (number, sentence) in sentences.iter().enumerate() {
        let span = Span::new(text.len(), text.len() + sentence.len());
        text.push_str(sentence);
        text.push('\n');
        paragraphs.push(Paragraph { kind: ParagraphKind::Body, span, source: Source::Bytes(span) });
        cut.push(Sentence { paragraph: number as u32, span });
    }
    let article = Article {
        id: name.to_owned(),
        site: "generic".to_owned(),
        lang: Lang::Zh,
        url: Some(name.to_owned()),
        aliases: Vec::new(),
        provenance: Default::default(),
        title: None,
        lead: None,
        author: None,
        published: None,
        cites: Vec::new(),
        text,
        paragraphs,
    };
    Document { article, sentences: cut }
}

/// Sentence 0 with sentence 0, 1 with 1 and so on; what is left over stays alone.
pub fn straight(zh: usize, en: usize) -> Vec<Bead> {
    let both = zh.min(en);
    let bead = |zh: Vec<usize>, en: Vec<usize>, relation| Bead {
        zh: zh.into_iter().map(|i| i as u32).collect(),
        en: en.into_iter().map(|i| i as u32).collect(),
        relation,
        confidence: 0.5,
        parts: Vec::new(),
    };
    let pairs = (0..both).map(|i| bead(vec![i], vec![i], Relation::Translation));
    let added = (both..zh).map(|i| bead(vec![i], Vec::new(), Relation::Added));
    let omitted = (both..en).map(|i| bead(Vec::new(), vec![i], Relation::Omitted));
    pairs.chain(added).chain(omitted).collect()
}
