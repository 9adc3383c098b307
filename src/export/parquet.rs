//! Apache Parquet: the keys of `aligned.jsonl` as columns, a bead a row, so that nothing is lost on the way there and back.
//!
//! Sentences are lists of strings, spans lists of pairs, `signals` is a map, `findings` a list of structures. Pages of values are
//! packed with Zstandard. JSON has no lone surrogates and Parquet's strings are UTF-8, so every text survives.

use super::container::{Container, Filling, Sink};
use super::{Keeps, Meta, records};
use crate::error::{Error, Result};
use crate::model::Bitext;
use arrow_json::ReaderBuilder;
use arrow_schema::{DataType, Field, Fields, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use std::sync::Arc;

/// Parquet.
pub const CONTAINER: Container = Container {
    name: "parquet",
    extension: "parquet",
    doc: "Apache Parquet: a bead a row, the keys of aligned.jsonl as columns",
    keeps: Keeps::All,
    open: |meta, _, sink| Ok(Box::new(File::new(meta, sink)?)),
};

/// Rows that are turned into columns at a time.
const BATCH: usize = 4096;
/// Rows that are packed together: so many are in memory.
const GROUP: usize = 1 << 16;

struct File<'s> {
    schema: Arc<Schema>,
    writer: ArrowWriter<&'s mut Sink>,
    /// Rows that have come together, as lines of JSON: so numbers of single precision stay as they are written.
    lines: Vec<u8>,
    rows: usize,
}

impl<'s> File<'s> {
    fn new(meta: &Meta, sink: &'s mut Sink) -> Result<Self> {
        let schema = Arc::new(Schema::new(columns()));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(format!("duizhao version {}", meta.version))
            .set_key_value_metadata(Some(vec![KeyValue::new("signature".to_owned(), meta.signature.clone())]))
            .set_max_row_group_row_count(Some(GROUP))
            .build();
        let writer = ArrowWriter::try_new(sink, schema.clone(), Some(properties)).map_err(unwritten)?;
        Ok(Self { schema, writer, lines: Vec::new(), rows: 0 })
    }

    /// Writes the rows that have come together.
    fn flush(&mut self) -> Result<()> {
        let mut decoder = ReaderBuilder::new(self.schema.clone())
            .with_batch_size(self.rows.max(1))
            .with_strict_mode(true)
            .build_decoder()
            .map_err(failed)?;
        let mut rest = self.lines.as_slice();
        while !rest.is_empty() {
            let read = decoder.decode(rest).map_err(failed)?;
            rest = rest.get(read..).unwrap_or_default();
            match decoder.flush().map_err(failed)? {
                Some(batch) => self.writer.write(&batch).map_err(unwritten)?,
                None if read == 0 => return Err(Error::input("a bead cannot be written as Parquet")),
                None => {}
            }
        }
        self.lines.clear();
        self.rows = 0;
        Ok(())
    }
}

impl Filling for File<'_> {
    fn add(&mut self, bitext: &Bitext) -> Result<()> {
        for record in records(bitext) {
            serde_json::to_writer(&mut self.lines, &record).map_err(failed)?;
            self.lines.push(b'\n');
            self.rows += 1;
            if self.rows == BATCH {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<String>> {
        self.flush()?;
        self.writer.close().map_err(unwritten)?;
        Ok(Vec::new())
    }
}

/// What the sink says stays what it is.
fn unwritten(error: ParquetError) -> Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<std::io::Error>() {
            Ok(cause) => Error::write("Parquet", *cause),
            Err(cause) => failed(ParquetError::External(cause)),
        },
        error => failed(error),
    }
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::input("cannot be written as Parquet").caused_by(error)
}

/// The columns, in the order of `aligned.jsonl`. A key of `Record` that is not here stops the writer.
fn columns() -> Vec<Field> {
    let mut columns = Vec::new();
    columns.extend(["id", "pair"].map(text));
    columns.push(maybe("zh_url"));
    columns.extend(["en_url", "zh_file", "en_file"].map(text));
    columns.extend(["zh", "en"].map(|name| list(name, DataType::Utf8)));
    columns.extend(["zh_index", "en_index"].map(|name| list(name, DataType::UInt32)));
    columns.extend(["zh_span", "en_span"].map(spans));
    columns.extend(["zh_paragraph", "en_paragraph"].map(|name| list(name, DataType::UInt32)));
    columns.extend(["zh_kind", "en_kind"].map(|name| list(name, DataType::Utf8)));
    columns.extend(["zh_published", "en_published", "zh_retrieved", "en_retrieved"].map(maybe));
    columns.extend(["orig_lang", "zh_lang", "en_lang"].map(text));
    columns.extend(["translator", "author"].map(maybe));
    columns.push(text("licence"));
    let tdm = || vec![Field::new("reserved", DataType::Boolean, false), text("statement")];
    columns.extend(["zh_tdm", "en_tdm"].map(|name| Field::new(name, structure(tdm()), true)));
    columns.extend(["zh_page_sha256", "en_page_sha256"].map(maybe));
    columns.push(text("relation"));
    columns.push(number("confidence"));
    columns.push(Field::new_map("signals", "entries", text("key"), number("value"), false, false));
    columns.push(list("findings", structure(finding())));
    columns.push(Field::new("revision", structure(revision()), true));
    columns
}

fn finding() -> Vec<Field> {
    let mut fields = Vec::from(["id", "group", "check", "severity", "category"].map(text));
    fields.push(number("confidence"));
    fields.push(Field::new("bead", DataType::UInt32, false));
    fields.push(Field::new("spans", structure(["zh", "en"].map(spans).to_vec()), false));
    fields.push(Field::new("message", structure(["en", "zh"].map(text).to_vec()), false));
    fields.push(maybe("suggestion"));
    fields
}

fn revision() -> Vec<Field> {
    vec![maybe("comment"), list("edited", DataType::Utf8), Field::new("merged", DataType::UInt32, false)]
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, false)
}

/// A text that may be missing.
fn maybe(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn number(name: &str) -> Field {
    Field::new(name, DataType::Float64, false)
}

fn list(name: &str, of: DataType) -> Field {
    Field::new_list(name, Field::new("item", of, false), false)
}

fn spans(name: &str) -> Field {
    list(name, DataType::new_list(DataType::UInt32, false))
}

fn structure(fields: Vec<Field>) -> DataType {
    DataType::Struct(Fields::from(fields))
}
