//! Runs the program, and keeps files for it.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The path of a page of the sample, or of the whole.
pub fn sample(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/sample");
    let path: PathBuf = if name.is_empty() { folder } else { folder.join(name) };
    path.to_str().unwrap().to_owned()
}

/// The program with these arguments, in an empty folder so that no settings lie about, on a terminal of 100 columns.
pub fn duizhao(arguments: &[&str]) -> Program {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("duizhao").unwrap();
    command.args(arguments).current_dir(folder.path()).env("COLUMNS", "100").env_remove("RUST_LOG");
    Program { command, _folder: folder }
}

pub struct Program {
    command: Command,
    _folder: TempDir,
}

/// What it said.
pub struct Said {
    pub stdout: String,
    pub stderr: String,
}

impl Program {
    /// What it reads from standard input.
    pub fn given(mut self, input: &[u8]) -> Self {
        self.command.write_stdin(input);
        self
    }

    /// Runs in the folder of these files.
    pub fn within(mut self, pages: &Pages) -> Self {
        self.command.current_dir(pages.0.path());
        self
    }

    /// Must end in exit code 0.
    pub fn succeeds(self) -> Said {
        self.fails(0)
    }

    /// Must end in this exit code.
    pub fn fails(mut self, code: i32) -> Said {
        let output = self.command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let said = Said { stdout: text(output.stdout), stderr: text(output.stderr) };
        assert_eq!(output.status.code(), Some(code), "{:?}\n{}", self.command, said.stderr);
        said
    }
}

/// A folder for files of all kinds; taken away when it is dropped.
pub struct Pages(TempDir);

impl Pages {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Copies pages of the sample into its folder `pages`.
    pub fn take(&self, names: &[&str]) {
        for name in names {
            let base = Path::new(name).file_name().unwrap().to_str().unwrap();
            self.write(&format!("pages/{base}"), &fs::read(sample(name)).unwrap());
        }
    }
}
