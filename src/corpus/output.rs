//! Where a corpus goes: a file that appears when all of it is there, a stream, or nowhere.

use super::lines::is_packed;
use crate::error::{Error, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file that is written beside its place and put there by [`finish`](Self::finish), so that it may be one of those that
/// are being read, and what an interruption leaves is what was there before.
pub struct Output<'w> {
    path: PathBuf,
    to: To<'w>,
    lines: u64,
}

enum To<'w> {
    File(BufWriter<NamedTempFile>),
    Packed(Box<GzEncoder<BufWriter<NamedTempFile>>>),
    Stream(Box<dyn Write + Send + 'w>),
    Nowhere,
}

impl<'w> Output<'w> {
    /// Begins a file, packed by gzip if its name ends in `.gz`; links are followed, folders made. What is no file, such as a pipe or `/dev/null`, is written into: it
    /// stays what it is.
    ///
    /// # Errors
    /// If its folder cannot be made or written to.
    pub fn file(path: &Path) -> Result<Self> {
        if fs::metadata(path).is_ok_and(|about| !about.is_file()) {
            let device = fs::OpenOptions::new().write(true).open(path).map_err(|e| Error::write(path, e))?;
            return Ok(Self::stream(&path.to_string_lossy(), device));
        }
        let packed = is_packed(path);
        // What a link leads to is replaced, not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder).map_err(|e| Error::write(folder, e))?;
        let file = begun(folder).map_err(|e| Error::write(&path, e))?;
        let file = BufWriter::with_capacity(1 << 18, file);
        // The time in its head is 0: the same content, the same bytes.
        let to = if packed {
            To::Packed(Box::new(GzEncoder::new(file, Compression::default())))
        } else {
            To::File(file)
        };
        Ok(Self { to, path, lines: 0 })
    }

    /// Writes into a stream that messages call `name`.
    pub fn stream(name: &str, stream: impl Write + Send + 'w) -> Self {
        let stream = BufWriter::with_capacity(1 << 18, stream);
        Self { path: PathBuf::from(name), to: To::Stream(Box::new(stream)), lines: 0 }
    }

    /// Counts lines, and writes none.
    pub fn nowhere() -> Self {
        Self { path: PathBuf::new(), to: To::Nowhere, lines: 0 }
    }

    /// Appends a line.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn line(&mut self, text: &str) -> Result<()> {
        self.lines += 1;
        self.bytes(text.as_bytes())?;
        self.bytes(b"\n")
    }

    /// Appends bytes that are no whole line, or many.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.write_all(bytes).map_err(|e| Error::write(&self.path, e))
    }

    /// How many lines were written.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// Puts the file into its place, once it is on the disk; gives the number of its lines.
    ///
    /// # Errors
    /// If it cannot be written. What stood in its place still does then.
    pub fn finish(self) -> Result<u64> {
        let (path, lines) = (self.path, self.lines);
        let failed = |e: io::Error| Error::write(&path, e);
        match self.to {
            To::Nowhere => {}
            To::Stream(mut stream) => stream.flush().map_err(failed)?,
            To::File(file) => placed(file, &path).map_err(failed)?,
            To::Packed(file) => file.finish().and_then(|file| placed(file, &path)).map_err(failed)?,
        }
        Ok(lines)
    }
}

/// Gives a file that is written its name.
fn placed(file: BufWriter<NamedTempFile>, path: &Path) -> io::Result<()> {
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    if let Ok(earlier) = fs::metadata(path) {
        file.as_file().set_permissions(earlier.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

impl Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            To::File(file) => file.write(bytes),
            To::Packed(file) => file.write(bytes),
            To::Stream(stream) => stream.write(bytes),
            To::Nowhere => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::File(file) => file.flush(),
            To::Packed(file) => file.flush(),
            To::Stream(stream) => stream.flush(),
            To::Nowhere => Ok(()),
        }
    }
}

/// A temporary file that others may read as they may any other.
fn begun(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.prefix(".duizhao-").suffix(".partial").tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::super::testing::Folder;
    use super::*;
    use crate::text::packed::gunzip;

    #[test]
    fn a_file_is_as_it_was_until_all_is_written() {
        let folder = Folder::new();
        folder.put("a", "before\n");
        let mut output = Output::file(&folder.path("a")).unwrap();
        output.line("after").unwrap();
        assert_eq!(folder.get("a"), "before\n");
        assert_eq!(output.finish().unwrap(), 1);
        assert_eq!(folder.get("a"), "after\n");
        let mut given_up = Output::file(&folder.path("a")).unwrap();
        given_up.line("never").unwrap();
        drop(given_up);
        assert_eq!(folder.get("a"), "after\n");
        assert_eq!(folder.names(), ["a"]);
    }

    #[test]
    fn folders_are_made_and_streams_flushed() {
        let folder = Folder::new();
        Output::file(&folder.path("deep/er/file")).unwrap().finish().unwrap();
        assert_eq!(folder.get("deep/er/file"), "");
        let mut bytes = Vec::new();
        let mut output = Output::stream("memory", &mut bytes);
        output.line("漏洞").unwrap();
        output.finish().unwrap();
        assert_eq!(bytes, "漏洞\n".as_bytes());
    }

    #[test]
    fn a_file_whose_name_ends_in_gz_is_packed_the_same_way_twice() {
        let folder = Folder::new();
        let packed = |name: &str| {
            let mut output = Output::file(&folder.path(name)).unwrap();
            output.line("漏洞").unwrap();
            assert_eq!(output.finish().unwrap(), 1);
            fs::read(folder.path(name)).unwrap()
        };
        let bytes = packed("a.gz");
        assert_eq!(bytes, packed("b.gz"));
        assert_eq!(gunzip(&bytes, 100).unwrap(), "漏洞\n".as_bytes());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_one_and_rights_stay_as_they_were() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new();
        folder.put("real", "before\n");
        fs::set_permissions(folder.path("real"), fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(folder.path("real"), folder.path("link")).unwrap();
        Output::file(&folder.path("link")).unwrap().finish().unwrap();
        assert!(folder.path("link").is_symlink());
        assert_eq!(folder.get("real"), "");
        assert_eq!(fs::metadata(folder.path("real")).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_written_into_and_stays_one() {
        use std::os::unix::fs::FileTypeExt;
        let folder = Folder::new();
        let pipe = folder.path("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read_to_string(pipe).unwrap()
        });
        let mut output = Output::file(&pipe).unwrap();
        output.line("through").unwrap();
        assert_eq!(output.finish().unwrap(), 1);
        assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
        assert_eq!(reader.join().unwrap(), "through\n");
        assert!(Output::file(&folder.path("")).is_err(), "a folder is no file");
    }
}
