//! TMX 1.4b (<https://www.gala-global.org/tmx-14b>): translation and moved beads; the format cannot hold null beads.

use super::{Format, Meta, joined};
use crate::model::{Bead, Bitext, Lang, Relation};
use quick_xml::escape::escape;

/// Translation memories.
pub const FORMAT: Format = Format {
    name: "tmx",
    extension: "tmx",
    doc: "TMX 1.4b, translation and moved beads only",
    begin,
    bitext,
    end,
};

fn begin(meta: &Meta, bytes: &mut Vec<u8>) {
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n  <header creationtool=\"duizhao\" \
         creationtoolversion=\"{}\" segtype=\"sentence\" o-tmf=\"duizhao\" adminlang=\"en\" srclang=\"en\" \
         datatype=\"plaintext\">\n    <prop type=\"signature\">{}</prop>\n  </header>\n  <body>\n",
        text(&meta.version),
        text(&meta.signature),
    );
    bytes.extend_from_slice(head.as_bytes());
}

fn end(bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(b"  </body>\n</tmx>\n");
}

fn bitext(bitext: &Bitext, bytes: &mut Vec<u8>) {
    for (number, bead) in bitext.alignment.beads().iter().enumerate() {
        if matches!(bead.relation, Relation::Translation | Relation::Moved) {
            bytes.extend_from_slice(unit(bitext, number, bead).as_bytes());
        }
    }
}

fn unit(bitext: &Bitext, number: usize, bead: &Bead) -> String {
    let prop = |kind: &str, value: &str| format!("      <prop type=\"{kind}\">{}</prop>\n", text(value));
    let variant = |tag: &str, source: Option<&str>, lang: Lang| {
        let source = source
            .map_or(String::new(), |url| format!("<prop type=\"source-document\">{}</prop>", text(url)));
        format!(
            "      <tuv xml:lang=\"{tag}\">{source}<seg>{}</seg></tuv>\n",
            text(&joined(bitext, bead, lang))
        )
    };
    let zh_url = bitext.pair.documents.zh.article.url.as_deref();
    format!(
        "    <tu tuid=\"{}#{number}\">\n{}{}{}{}{}    </tu>\n",
        text(&bitext.pair.id),
        prop("relation", bead.relation.name()),
        prop("type", &format!("{}:{}", bead.zh.len(), bead.en.len())),
        prop("score-duizhao", &format!("{:.4}", bead.confidence)),
        variant("zh-CN", zh_url, Lang::Zh),
        variant("en", Some(&bitext.pair.en_url), Lang::En),
    )
}

/// Text for XML 1.0: escaped, characters that it cannot hold left out.
fn text(text: &str) -> String {
    let legal = |c: &char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}');
    let legal: String = text.chars().filter(legal).collect();
    escape(legal.as_str()).replace('\r', "&#13;")
}
