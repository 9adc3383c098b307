//! Parquet with the columns of `aligned.jsonl`, as `duizhao export` or any other program writes them.

use super::{Reader, jsonl};
use crate::error::{Error, Result};
use crate::model::{Bitext, Record};
use arrow_json::writer::{LineDelimited, WriterBuilder};
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::io::{self, Write};

/// Parquet.
pub const READER: Reader = Reader {
    name: "parquet",
    extensions: &["parquet"],
    doc: "Apache Parquet with the columns of aligned.jsonl",
    read,
};

/// No more text is made of a file: a small one may unpack to any length.
const MOST: usize = 4 << 30;

/// Every row is a line of `aligned.jsonl` again, so that there is one place where such lines are understood.
fn read(name: &str, bytes: &[u8]) -> Result<Vec<Bitext>> {
    // The library takes a damaged file's word for some offsets, and panics.
    let lines = std::panic::catch_unwind(|| lines(bytes)).unwrap_or_else(|_| {
        Err(Error::input("is no Parquet file that can be read: it is damaged").remedy("write it anew"))
    })?;
    (jsonl::READER.read)(name, &lines).map_err(|e| e.remedy("give it the columns of aligned.jsonl"))
}

fn lines(bytes: &[u8]) -> Result<Vec<u8>> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(Bytes::copy_from_slice(bytes)).map_err(failed)?;
    // What other programs added may be of a kind that JSON does not have.
    let known = builder.schema().fields().iter().enumerate();
    let known =
        known.filter(|(_, field)| Record::KEYS.contains(&field.name().as_str())).map(|(place, _)| place);
    let mask = ProjectionMask::roots(builder.parquet_schema(), known.collect::<Vec<_>>());
    let batches = builder.with_projection(mask).build().map_err(failed)?;
    let mut lines =
        WriterBuilder::new().with_explicit_nulls(true).build::<_, LineDelimited>(Limited(Vec::new()));
    for batch in batches {
        lines.write(&batch.map_err(failed)?).map_err(failed)?;
    }
    lines.finish().map_err(failed)?;
    Ok(lines.into_inner().0)
}

/// Bytes up to [`MOST`].
struct Limited(Vec<u8>);

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MOST {
            return Err(io::Error::other(format!("it unpacks to more than {MOST} bytes")));
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::input("is no Parquet file that can be read").caused_by(error).remedy("write it anew")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Meta;
    use crate::export::container::{container, fill};
    use crate::model::Lang;
    use proptest::prelude::*;

    fn file() -> Vec<u8> {
        let rows = "一个漏洞。\tA flaw.\n补丁。\tA patch.\n";
        let bitexts = (super::super::reader("tsv").unwrap().read)("a.tsv", rows.as_bytes()).unwrap();
        let meta =
            Meta { version: String::new(), signature: String::new(), licence: None, rules: Vec::new() };
        fill(container("parquet").unwrap(), &meta, Lang::En, &bitexts).unwrap().0
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn what_is_damaged_is_an_error_or_read(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4)) {
            let mut bytes = file();
            for (place, byte) in &changes {
                let place = place.index(bytes.len());
                bytes[place] = *byte;
            }
            let read = read("a.parquet", &bytes);
            prop_assert!(!changes.is_empty() || read.is_ok());
        }
    }
}
