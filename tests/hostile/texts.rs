//! Texts that break tools.

use duizhao::export;
use duizhao::import;
use duizhao::model::{Bitext, Relation};
use serde_json::json;

/// Chinese and English texts, each pair one bead.
pub fn pairs() -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = [
        (
            "控制\u{0}\u{1}\u{8}\u{b}\u{c}\u{1b}[31m\u{7f}\u{85}字符",
            "Control\u{0}\u{1}\u{8}\u{b}\u{c}\u{1b}[31m\u{7f}\u{85}characters",
        ),
        ("结尾]]>之后", "An end ]]> and what follows"),
        ("=cmd|' /C calc'!A0", "=HYPERLINK(\"https://evil.example\",\"x\")"),
        ("+1、-1、@SUM", "@SUM(A1:A9)"),
        ("－1 度", "' =1"),
        ("制表\t符\t", "Tab\tand\t"),
        ("换\n行\r\n又\r换", "Line\nbreaks\r\nof any\rkind"),
        ("分隔\u{2028}行\u{2029}段", "Separators\u{2028}of lines\u{2029}and paragraphs"),
        (
            "\u{202e}倒写\u{202c}\u{2066}隔离\u{2069}\u{200f}",
            "\u{202e}reversed\u{202c} \u{2066}isolated\u{2069}\u{200e}",
        ),
        ("中\u{feff}间\u{200b}零\u{200d}宽", "Mid\u{feff}dle\u{200b}zero\u{200d}width"),
        ("𠮷野家𪚥𰻝", "Astral 𝒶𝒷𝒸"),
        ("表情👩‍💻🏳️‍🌈", "Emoji 👩‍💻🏳️‍🌈 e\u{301}"),
        ("非字符\u{fffe}\u{ffff}\u{10ffff}", "No characters\u{fffe}\u{ffff}\u{10ffff}"),
        ("替换\u{fffd}私用\u{e000}", "Replaced\u{fffd} private\u{e000}"),
        ("<script>alert(1)</script>&lt;&amp;", "<!-- --> <![CDATA[ ]]> &#0; &x; <?pi?>"),
        ("“引号”\"'`", "Quotes \"\" '' `` \\ \\n \\u0000 {\"a\": [1]}"),
        ("三道 ~~~ 线 ||| 竖", "Bars ||| and ~~~ and $$ @-@"),
        ("多  空　格", "Two  blanks\u{a0}and\u{3000}others"),
        ("#NAME? 1e308 0x7f 2031-01-01", "007 1/2 TRUE NaN"),
        ("_x0000_ _x000D_", "_x0041_ _x005F_"),
    ]
    .map(|(zh, en)| (zh.trim().to_owned(), en.trim().to_owned()))
    .into();
    pairs.push(("长".repeat(100_000), "long ".repeat(20_000).trim().to_owned()));
    pairs
}

/// These as a bitext under names that are no better.
pub fn bitext() -> Bitext {
    let (mut lines, mut at) = (String::new(), (0, 0));
    for (number, (zh, en)) in pairs().iter().enumerate() {
        let spans = ([at.0, at.0 + zh.len()], [at.1, at.1 + en.len()]);
        at = (spans.0[1] + 1, spans.1[1] + 1);
        let record = json!({
            "id": format!("../../x\"<\t&+y.md#{number}"), "pair": "../../x\"<\t&+y.md",
            "zh_url": "https://post.example/?a=1&b=<\"'>\t", "en_url": "javascript:alert(1)\n",
            "zh_file": "../../x\"<\t&", "en_file": "y.md", "zh": [zh], "en": [en],
            "zh_index": [number], "en_index": [number], "zh_span": [spans.0], "en_span": [spans.1],
            "zh_paragraph": [number], "en_paragraph": [number], "translator": "=1\u{202e}", "licence": "]]>\u{0}",
            "relation": Relation::Translation, "confidence": 0.5, "signals": {"a\u{0}b": 0.25}, "findings": [],
        });
        lines.push_str(&format!("{record}\n"));
    }
    let bitexts = (import::reader("jsonl").unwrap().read)("a", lines.as_bytes()).unwrap();
    assert_eq!(export::records(&bitexts[0]).count(), pairs().len());
    bitexts.into_iter().next().unwrap()
}
