//! Formats of one file that cannot be written piece by piece: each is filled with bitexts and closed at the end.

use super::{Keeps, Meta};
use crate::error::Result;
use crate::model::{Bitext, Lang};

/// A format whose file is written at the end.
pub struct Container {
    /// Unique, kebab-case, among all formats.
    pub name: &'static str,
    /// The file's extension, without the dot.
    pub extension: &'static str,
    /// What it is for, in a line.
    pub doc: &'static str,
    /// What it can hold of a text.
    pub keeps: Keeps,
    /// Begins a file; the language is that of what people read in it.
    pub open: fn(&Meta, Lang) -> Result<Box<dyn Filling>>,
}

/// A file that is being filled.
pub trait Filling {
    /// Adds a bitext.
    ///
    /// # Errors
    /// If it cannot be held.
    fn add(&mut self, bitext: &Bitext) -> Result<()>;

    /// Closes the file.
    ///
    /// # Errors
    /// If it cannot be written.
    fn finish(self: Box<Self>) -> Result<Filled>;
}

/// A file that is whole.
#[derive(Debug, Default)]
pub struct Filled {
    /// Its content.
    pub bytes: Vec<u8>,
    /// What found no room in it, in sentences for people.
    pub notices: Vec<String>,
}

/// All such formats.
pub const CONTAINERS: &[Container] = &[
    #[cfg(feature = "parquet")]
    super::parquet::CONTAINER,
    #[cfg(feature = "report")]
    super::review_sheet::CONTAINER,
];

/// The format of this name.
pub fn container(name: &str) -> Option<&'static Container> {
    CONTAINERS.iter().find(|container| container.name == name)
}

/// A whole file of these bitexts.
///
/// # Errors
/// If it cannot hold one, or cannot be written.
pub fn fill(container: &Container, meta: &Meta, lang: Lang, bitexts: &[Bitext]) -> Result<Filled> {
    let mut filling = (container.open)(meta, lang)?;
    bitexts.iter().try_for_each(|bitext| filling.add(bitext))?;
    filling.finish()
}
