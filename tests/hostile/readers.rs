//! What readers make of each format: our own where there is one, else the plainest that the format allows.

use duizhao::export::Written;
use duizhao::import::{self, Named, SET_READERS};
use duizhao::model::{Bitext, Lang};
use quick_xml::events::Event;
use serde_json::Value;

/// Chinese and English texts.
pub type Pairs = Vec<(String, String)>;

/// The pairs in a file; nothing for a format that holds no sentences.
pub fn single(name: &str, bytes: &[u8]) -> Option<Pairs> {
    Some(match name {
        "jsonl" | "tmx" | "xliff" | "tsv" | "parquet" => ours(name, bytes),
        "xliff-12" => ours("xliff", bytes),
        "csv" => csv(bytes),
        #[cfg(feature = "report")]
        "xlsx" => xlsx(bytes),
        "bitextor" => {
            let cells =
                lines(bytes).into_iter().skip(1).map(|line| line.split('\t').map(str::to_owned).collect());
            cells.map(|cells: Vec<String>| (cells[3].clone(), cells[2].clone())).collect()
        }
        _ => return None,
    })
}

/// The pairs in the files of a set.
pub fn several(name: &str, files: &[Written]) -> Pairs {
    match name {
        "moses" => moses([file(files, "corpus.zh"), file(files, "corpus.en")]),
        "sacrebleu" => moses([file(files, "ref.zh"), file(files, "src.en")]),
        "comet" => moses([file(files, "ref.txt"), file(files, "src.txt")]),
        "mt-metrics-eval" => {
            moses([file(files, "references/en-zh.refA.txt"), file(files, "sources/en-zh.txt")])
        }
        "vecalign-pairs" => {
            let reader = SET_READERS.iter().find(|reader| reader.name == "vecalign").unwrap();
            let files =
                [".beads", ".zh.txt", ".en.txt"].map(|end| Named { name: end, bytes: file(files, end) });
            texts(reader.read(&files).unwrap())
        }
        "hunalign" => moses([file(files, ".zh.txt"), file(files, ".en.txt")]),
        "intertext" => zip(intertext(file(files, ".zh.xml")), intertext(file(files, ".en.xml"))),
        "huggingface" => {
            let lines = lines(file(files, "train.jsonl"));
            let rows = lines.iter().map(|line| serde_json::from_str::<Value>(line).unwrap());
            let text = |row: &Value, lang: &str| row["translation"][lang].as_str().unwrap().to_owned();
            rows.map(|row| (text(&row, "zh"), text(&row, "en"))).collect()
        }
        "gold" => {
            let gold: Value = serde_json::from_slice(file(files, ".gold.json")).unwrap();
            let texts = |lang: &str| serde_json::from_value::<Vec<String>>(gold[lang].clone()).unwrap();
            zip(texts("zh"), texts("en"))
        }
        _ => unreachable!("{name} is read by nobody here"),
    }
}

fn file<'f>(files: &'f [Written], end: &str) -> &'f [u8] {
    &files.iter().find(|file| file.path.ends_with(end)).unwrap().bytes
}

/// Lines as most programs end them: at line feeds.
pub fn lines(bytes: &[u8]) -> Vec<&str> {
    std::str::from_utf8(bytes).unwrap().lines().collect()
}

fn zip(zh: Vec<String>, en: Vec<String>) -> Pairs {
    assert_eq!(zh.len(), en.len());
    zh.into_iter().zip(en).collect()
}

fn ours(reader: &str, bytes: &[u8]) -> Pairs {
    texts((import::reader(reader).unwrap().read)("a", bytes).unwrap())
}

fn moses(files: [&[u8]; 2]) -> Pairs {
    let reader = SET_READERS.iter().find(|reader| reader.name == "moses").unwrap();
    texts(reader.read(&files.map(|bytes| Named { name: "a", bytes })).unwrap())
}

fn texts(bitexts: Vec<Bitext>) -> Pairs {
    let side = |bitext: &Bitext, lang, numbers: &[u32]| -> String {
        let document = bitext.pair.documents.get(lang);
        numbers.iter().map(|&n| document.sentence(n as usize)).collect()
    };
    let of = |bitext: &Bitext| -> Pairs {
        let beads = bitext.alignment.beads().iter();
        beads.map(|bead| (side(bitext, Lang::Zh, &bead.zh), side(bitext, Lang::En, &bead.en))).collect()
    };
    bitexts.iter().flat_map(of).collect()
}

/// A cell that would be a formula begins with an apostrophe that is none of its text.
fn csv(bytes: &[u8]) -> Pairs {
    let text = std::str::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|cell| cell == name).unwrap();
    let (zh, en) = (column("zh"), column("en"));
    let plain = |cell: &str| {
        let is_passed_over = |c: char| c == '\'' || c.is_whitespace() || c.is_control() || c == '\u{feff}';
        let is_formula =
            cell.trim_start_matches(is_passed_over).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
        cell.strip_prefix('\'').filter(|_| is_formula).unwrap_or(cell).to_owned()
    };
    reader.records().map(|row| row.unwrap()).map(|row| (plain(&row[zh]), plain(&row[en]))).collect()
}

/// The columns of a spreadsheet by their names, all texts.
#[cfg(feature = "report")]
fn xlsx(bytes: &[u8]) -> Pairs {
    use calamine::Reader;
    let mut workbook: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
    let rows: Vec<Vec<String>> =
        sheet.rows().map(|row| row.iter().map(|c| c.to_string()).collect()).collect();
    let column = |name: &str| rows[0].iter().position(|cell| cell == name).unwrap();
    let (zh, en) = (column("Chinese"), column("English"));
    rows[1..].iter().map(|row| (row[zh].clone(), row[en].clone())).collect()
}

fn intertext(bytes: &[u8]) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(std::str::from_utf8(bytes).unwrap());
    let mut sentences: Vec<String> = Vec::new();
    let mut inside = false;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.local_name().as_ref() == "s" => {
                inside = true;
                sentences.push(String::new());
            }
            Event::End(tag) if tag.local_name().as_ref() == "s" => inside = false,
            Event::Text(text) if inside => sentences.last_mut().unwrap().push_str(&text),
            Event::GeneralRef(reference) if inside => {
                let c = reference.resolve_char_ref().unwrap().map(String::from);
                let known = || quick_xml::escape::resolve_predefined_entity(&reference).unwrap().to_owned();
                sentences.last_mut().unwrap().push_str(&c.unwrap_or_else(known));
            }
            Event::Eof => return sentences,
            _ => {}
        }
    }
}
