//! Formats of one file that is a container: no byte of it is known before all of it is there, and it is no text.

use super::Meta;
use crate::error::Result;
use crate::model::{Bitext, Lang};

/// A format whose file is filled, and then written.
pub struct Container {
    /// Unique, kebab-case: what `--format` takes.
    pub name: &'static str,
    /// The file's extension, without the dot.
    pub extension: &'static str,
    /// What it is for, in a line.
    pub doc: &'static str,
    /// Begins a file, in the language of those who will read it.
    pub open: fn(&Meta, Lang) -> Result<Box<dyn Filling>>,
}

/// A file that is being filled.
pub trait Filling {
    /// Adds a bitext.
    ///
    /// # Errors
    /// If what is written meanwhile cannot be.
    fn add(&mut self, bitext: &Bitext) -> Result<()>;

    /// The file.
    ///
    /// # Errors
    /// If what was written meanwhile cannot be read.
    fn finish(self: Box<Self>) -> Result<Filled>;
}

/// A file's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// All of it.
    pub bytes: Vec<u8>,
    /// What the format could not hold, a sentence each.
    pub notices: Vec<String>,
}

/// All such formats.
pub const CONTAINERS: &[Container] = &[
    #[cfg(feature = "report")]
    super::review_sheet::FORMAT,
];

/// The format of this name.
pub fn container(name: &str) -> Option<&'static Container> {
    CONTAINERS.iter().find(|c| c.name == name)
}

/// A whole file of these bitexts.
///
/// # Errors
/// As [`Filling`].
pub fn fill(container: &Container, meta: &Meta, lang: Lang, bitexts: &[Bitext]) -> Result<Filled> {
    let mut filling = (container.open)(meta, lang)?;
    bitexts.iter().try_for_each(|bitext| filling.add(bitext))?;
    filling.finish()
}
