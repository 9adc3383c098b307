//! TMX 1.4b (<https://www.gala-global.org/tmx-14b>): translation and moved beads; the format cannot hold null beads.

use super::xml::{attribute, text};
use super::{Format, Keeps, Meta, joined, provenance};
use crate::model::{Bead, Bitext, Lang, Relation};
use std::io::{self, Write};

/// Translation memories.
pub const FORMAT: Format = Format {
    name: "tmx",
    stem: "aligned",
    extension: "tmx",
    doc: "TMX 1.4b, translation and moved beads only",
    begin,
    bitext,
    keeps: Keeps::Xml,
    between: "",
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
            // Writing into memory cannot fail.
            let _ = unit(bitext, number, bead, bytes);
        }
    }
}

fn unit(bitext: &Bitext, number: usize, bead: &Bead, bytes: &mut Vec<u8>) -> io::Result<()> {
    writeln!(bytes, "    <tu tuid=\"{}\">", attribute(&bitext.id(number)))?;
    writeln!(bytes, "      <prop type=\"relation\">{}</prop>", text(bead.relation.name()))?;
    writeln!(bytes, "      <prop type=\"type\">{}:{}</prop>", bead.zh.len(), bead.en.len())?;
    writeln!(bytes, "      <prop type=\"score-duizhao\">{:.4}</prop>", bead.confidence)?;
    writeln!(bytes, "      <prop type=\"licence\">{}</prop>", text(provenance::licence(bitext)))?;
    for lang in [Lang::Zh, Lang::En] {
        let tag = bitext.pair.documents.get(lang).article.tag();
        write!(bytes, "      <tuv xml:lang=\"{}\">", text(tag))?;
        for (name, value) in provenance::of_side(bitext, lang) {
            write!(bytes, "<prop type=\"{name}\">{}</prop>", text(value))?;
        }
        writeln!(bytes, "<seg>{}</seg></tuv>", text(&joined(bitext, bead, lang)))?;
    }
    writeln!(bytes, "    </tu>")
}
