//! Parquet with the columns of `aligned.jsonl`, as `duizhao export` or any other program writes them.

use super::{Reader, jsonl};
use crate::error::{Error, Result};
use crate::model::Bitext;
use arrow_json::writer::{LineDelimited, WriterBuilder};
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// Parquet.
pub const READER: Reader = Reader {
    name: "parquet",
    extensions: &["parquet"],
    doc: "Apache Parquet with the columns of aligned.jsonl",
    read,
};

/// Every row is a line of `aligned.jsonl` again, so that there is one place where such lines are understood.
fn read(name: &str, bytes: &[u8]) -> Result<Vec<Bitext>> {
    let batches = ParquetRecordBatchReaderBuilder::try_new(Bytes::copy_from_slice(bytes))
        .and_then(|builder| builder.build())
        .map_err(failed)?;
    let mut lines = WriterBuilder::new().with_explicit_nulls(true).build::<_, LineDelimited>(Vec::new());
    for batch in batches {
        lines.write(&batch.map_err(failed)?).map_err(failed)?;
    }
    lines.finish().map_err(failed)?;
    (jsonl::READER.read)(name, &lines.into_inner())
        .map_err(|e| e.remedy("give it the columns of aligned.jsonl"))
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::input("is no Parquet file that can be read").caused_by(error).remedy("write it anew")
}
