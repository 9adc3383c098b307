//! Files of JSON Lines, packed by gzip or not, however long: memory holds a batch of lines at a time, which are looked at side by side and taken
//! in order.

use crate::error::{Error, Result};
use crate::model::{Progress, Record, stop_if_cancelled};
use crate::text::packed::is_gzip;
use flate2::bufread::MultiGzDecoder;
use rayon::prelude::*;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// The most bytes of a line; no bead is longer, and a file without line breaks must not cost memory.
pub const LONGEST: usize = 64 << 20;

/// So many lines, or about so many bytes, are in memory at a time.
const BATCH: (usize, usize) = (4096, 8 << 20);

/// A line, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which of the files it is of, from 0.
    pub file: usize,
    /// Its number, from 1.
    pub number: u64,
    /// What it holds, without what ends it.
    pub text: String,
}

/// Whether a file is packed by gzip, as its name says.
pub fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"))
}

/// Whether this stands for standard input.
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Whether this is standard input or a pipe, which give what they hold once.
pub fn is_stream(path: &Path) -> bool {
    is_stdin(path) || fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir())
}

/// Proves that the inputs can be read more than once.
///
/// # Errors
/// If standard input or a pipe is among them.
pub fn check_rereadable(inputs: &[PathBuf]) -> Result<()> {
    let Some(stream) = inputs.iter().find(|path| is_stream(path)) else { return Ok(()) };
    let error = if is_stdin(stream) {
        Error::usage("standard input can be read only once, and this reads its input twice")
    } else {
        Error::usage("can be read only once, and this reads its input twice").at(stream)
    };
    Err(error.remedy("give a file"))
}

/// Looks at every line that is not blank, several at a time, and takes what was seen in the order of the lines.
///
/// # Errors
/// If a file cannot be read, is not UTF-8 or has a line of more than [`LONGEST`] bytes; what `look` and `take` say, of
/// which the first in order is given, with file and line; and if the user stops it.
pub fn each<T: Send>(
    inputs: &[PathBuf],
    progress: &dyn Progress,
    look: impl Fn(&Line) -> Result<T> + Sync,
    mut take: impl FnMut(&Line, T) -> Result<()>,
) -> Result<()> {
    progress.begin("MiB read", mebibytes(inputs));
    let (mut bytes, mut told) = (0, 0);
    let done = batches(inputs, |path, batch| {
        stop_if_cancelled(progress)?;
        let seen: Vec<Result<T>> = batch.par_iter().map(&look).collect();
        for (line, seen) in batch.iter().zip(seen) {
            take(line, seen.map_err(|e| e.at(path).on_line(line.number))?)?;
        }
        bytes += batch.iter().map(|line| line.text.len() as u64 + 1).sum::<u64>();
        progress.advance((bytes >> 20) - told);
        told = bytes >> 20;
        Ok(())
    });
    progress.end();
    done
}

fn batches(inputs: &[PathBuf], mut take: impl FnMut(&Path, &[Line]) -> Result<()>) -> Result<()> {
    for (file, path) in inputs.iter().enumerate() {
        let mut lines = Lines::open(path)?;
        loop {
            let batch = lines.batch(file)?;
            if batch.is_empty() {
                break;
            }
            take(path, &batch)?;
        }
    }
    Ok(())
}

/// How much there is to read; not known of what is packed or no file.
fn mebibytes(inputs: &[PathBuf]) -> Option<u64> {
    let length = |path: &PathBuf| {
        let about = fs::metadata(path).ok().filter(|about| about.is_file() && !is_packed(path))?;
        Some(about.len())
    };
    Some(inputs.iter().map(length).sum::<Option<u64>>()? >> 20)
}

/// The bead of a line.
///
/// # Errors
/// If it is none.
pub fn record(line: &Line) -> Result<Record> {
    Record::parse(&line.text)
}

/// The lines of one file.
struct Lines<'p> {
    path: &'p Path,
    reader: Box<dyn BufRead>,
    number: u64,
}

impl<'p> Lines<'p> {
    fn open(path: &'p Path) -> Result<Self> {
        let failed = |e| Error::read(path, e);
        let mut reader: Box<dyn BufRead> = if is_stdin(path) {
            Box::new(BufReader::new(std::io::stdin()))
        } else {
            Box::new(BufReader::with_capacity(1 << 18, File::open(path).map_err(failed)?))
        };
        if is_gzip(reader.fill_buf().map_err(failed)?) {
            reader = Box::new(BufReader::with_capacity(1 << 18, MultiGzDecoder::new(reader)));
        }
        Ok(Self { path, reader, number: 0 })
    }

    /// The next lines; none at the end.
    fn batch(&mut self, file: usize) -> Result<Vec<Line>> {
        let (mut lines, mut bytes) = (Vec::new(), 0);
        while lines.len() < BATCH.0 && bytes < BATCH.1 {
            let Some(text) = self.next()? else { break };
            bytes += text.len();
            if !text.trim().is_empty() {
                lines.push(Line { file, number: self.number, text });
            }
        }
        // Blank lines alone are no end.
        if lines.is_empty() && bytes > 0 { self.batch(file) } else { Ok(lines) }
    }

    fn next(&mut self) -> Result<Option<String>> {
        let mut bytes = Vec::new();
        let mut limited = self.reader.by_ref().take(LONGEST as u64 + 1);
        let read = limited.read_until(b'\n', &mut bytes).map_err(|e| Error::read(self.path, e))?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        let failed = |e: Error| Err(e.at(self.path).on_line(self.number));
        if bytes.len() > LONGEST {
            return failed(
                Error::input(format!("a line of more than {LONGEST} bytes"))
                    .remedy("give JSON Lines: one object a line"),
            );
        }
        let Ok(mut text) = String::from_utf8(bytes) else {
            return failed(Error::input("is not UTF-8").remedy("convert it, e.g. with iconv"));
        };
        text.truncate(text.trim_end_matches(['\n', '\r']).len());
        if self.number == 1 && text.starts_with('\u{feff}') {
            text.remove(0);
        }
        // An empty line is a line, too: it must not look like the end.
        if text.is_empty() {
            text.push(' ');
        }
        Ok(Some(text))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Output;
    use super::super::testing::Folder;
    use super::*;
    use crate::error::ErrorKind;
    use crate::model::Silent;
    use std::sync::atomic::{AtomicU64, Ordering};

    fn read(folder: &Folder, names: &[&str]) -> Result<Vec<(usize, u64, String)>> {
        let inputs: Vec<PathBuf> = names.iter().map(|name| folder.path(name)).collect();
        let mut lines = Vec::new();
        each(
            &inputs,
            &Silent,
            |line| Ok(line.text.len()),
            |line, length| {
                assert_eq!(length, line.text.len());
                lines.push((line.file, line.number, line.text.clone()));
                Ok(())
            },
        )?;
        Ok(lines)
    }

    #[test]
    fn lines_come_in_order_with_their_numbers_and_blank_ones_are_passed_over() {
        let folder = Folder::new();
        folder.put("a", "\u{feff}one\r\n\n\n  \ntwo\u{2028}\u{85}still two\n");
        folder.put("b", "three");
        folder.put("c", &"x\n".repeat(3 * BATCH.0));
        let lines = read(&folder, &["a", "b"]).unwrap();
        let expected = [(0, 1, "one"), (0, 5, "two\u{2028}\u{85}still two"), (1, 1, "three")];
        assert_eq!(lines, expected.map(|(file, number, text)| (file, number, text.to_owned())));
        let many = read(&folder, &["c"]).unwrap();
        assert!(many.iter().enumerate().all(|(n, line)| line.1 == n as u64 + 1));
        assert_eq!(many.len(), 3 * BATCH.0);
    }

    #[test]
    fn what_is_packed_is_unpacked_whatever_it_is_called() {
        let folder = Folder::new();
        let mut packed = Output::file(&folder.path("a.gz")).unwrap();
        ["one", "two"].iter().for_each(|line| packed.line(line).unwrap());
        packed.finish().unwrap();
        let bytes = fs::read(folder.path("a.gz")).unwrap();
        folder.put_bytes("b", &[&bytes[..], &bytes].concat());
        let lines = read(&folder, &["a.gz", "b"]).unwrap();
        assert_eq!(
            lines.iter().map(|line| line.2.as_str()).collect::<Vec<_>>(),
            ["one", "two", "one", "two", "one", "two"]
        );
        assert_eq!(mebibytes(&[folder.path("a.gz")]), None);
        folder.put_bytes("cut.gz", &bytes[..bytes.len() - 9]);
        let said = read(&folder, &["cut.gz"]).unwrap_err().to_string();
        assert!(said.contains("cut.gz: cannot be read"), "{said}");
    }

    #[test]
    fn more_blank_lines_than_a_batch_are_no_end() {
        let folder = Folder::new();
        folder.put("a", &format!("{}end\n", "\n".repeat(BATCH.1 + 10)));
        assert_eq!(read(&folder, &["a"]).unwrap().len(), 1);
    }

    /// Counts what is done, and wants to stop after the first step.
    #[derive(Default)]
    struct Impatient(AtomicU64, AtomicU64);

    impl Progress for Impatient {
        fn begin(&self, _: &str, steps: Option<u64>) {
            self.1.store(steps.unwrap(), Ordering::Relaxed);
        }
        fn advance(&self, steps: u64) {
            self.0.fetch_add(steps, Ordering::Relaxed);
        }
        fn end(&self) {}
        fn cancelled(&self) -> bool {
            self.0.load(Ordering::Relaxed) > 0
        }
    }

    #[test]
    fn it_stops_between_batches_when_it_is_told_to() {
        let folder = Folder::new();
        let line = "x".repeat(1 << 20) + "\n";
        let (progress, mut taken) = (Impatient::default(), 0);
        let inputs = [folder.put("a", &line.repeat(20))];
        let stopped = each(
            &inputs,
            &progress,
            |_| Ok(()),
            |_, ()| {
                taken += 1;
                Ok(())
            },
        );
        assert_eq!(stopped.unwrap_err().kind(), ErrorKind::Interrupted);
        assert_eq!((taken, progress.0.into_inner(), progress.1.into_inner()), (8, 8, 20));
    }

    #[test]
    fn what_is_wrong_is_named_with_file_and_line() {
        let folder = Folder::new();
        folder.put("a", "{}\n{}\nno bead\n");
        let parsed = each(&[folder.path("a")], &Silent, record, |_, _| Ok(()));
        let said = parsed.unwrap_err().to_string();
        assert!(said.contains("a:1: is no line of an aligned.jsonl"), "{said}");
        folder.put_bytes("b", b"good\n\xff\n");
        let said = read(&folder, &["b"]).unwrap_err().to_string();
        assert!(said.contains("b:2: is not UTF-8"), "{said}");
        assert!(read(&folder, &["missing"]).unwrap_err().to_string().contains("missing: cannot be read"));
        assert!(check_rereadable(&[PathBuf::from("a"), PathBuf::from("-")]).is_err());
    }
}
