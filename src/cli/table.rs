//! A bitext for people: Chinese and English side by side.

use super::io;
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};
use duizhao::model::{Bead, Bitext, Document, Lang, Relation};

/// The width where standard output is no terminal.
const WIDTH: u16 = 120;

/// Renders a table: number and relation, Chinese, English; widths count East Asian characters as two.
pub fn render(bitext: &Bitext) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if !std::io::IsTerminal::is_terminal(&std::io::stdout()) {
        table.set_width(WIDTH);
    }
    table.set_header(["", "中文", "English"]);
    for (number, bead) in bitext.alignment.beads().iter().enumerate() {
        let documents = &bitext.pair.documents;
        table.add_row([
            format!("{number} {}\n{}", mark(bead), confidence(bead)),
            side(&documents.zh, &bead.zh, Lang::Zh),
            side(&documents.en, &bead.en, Lang::En),
        ]);
    }
    // The first column holds `123 repeat` and its padding at least.
    let widths = [
        ColumnConstraint::Absolute(Width::Fixed(13)),
        ColumnConstraint::Absolute(Width::Percentage(40)),
        ColumnConstraint::Absolute(Width::Percentage(48)),
    ];
    for (column, constraint) in table.column_iter_mut().zip(widths) {
        column.set_constraint(constraint);
    }
    format!("{table}\n")
}

fn mark(bead: &Bead) -> &'static str {
    match bead.relation {
        Relation::Translation => "",
        Relation::Moved => "moved",
        Relation::Repeat => "repeat",
        Relation::Omitted => "omitted",
        Relation::Added => "added",
    }
}

fn confidence(bead: &Bead) -> String {
    format!("{:.2}", bead.confidence)
}

/// The sentences of a side.
fn side(document: &Document, indices: &[u32], lang: Lang) -> String {
    let sentences: Vec<&str> = indices.iter().map(|&i| document.sentence(i as usize)).collect();
    let text = if lang == Lang::Zh { sentences.concat() } else { sentences.join(" ") };
    io::visible(&text)
}
