//! Formats of one file that is no row of pieces: each is filled with bitexts and closed at the end.

use super::{Keeps, Meta};
use crate::error::Result;
use crate::model::{Bitext, Lang};
use std::io::Write;

/// A format whose file is filled.
pub struct Container {
    /// Unique, kebab-case, among all formats.
    pub name: &'static str,
    /// The file's extension, without the dot.
    pub extension: &'static str,
    /// What it is for, in a line.
    pub doc: &'static str,
    /// What it can hold of a text.
    pub keeps: Keeps,
    /// Begins a file that is written to the sink; the language is that of what people read in it.
    pub open: for<'s> fn(&Meta, Lang, &'s mut Sink) -> Result<Box<dyn Filling + 's>>,
}

/// Where a file goes.
pub type Sink = dyn Write + Send;

/// A file that is being filled.
pub trait Filling {
    /// Adds a bitext.
    ///
    /// # Errors
    /// If it cannot be held.
    fn add(&mut self, bitext: &Bitext) -> Result<()>;

    /// Closes the file, and says what found no room in it, in sentences for people.
    ///
    /// # Errors
    /// If it cannot be written.
    fn finish(self: Box<Self>) -> Result<Vec<String>>;
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

/// A whole file of these bitexts, and what found no room in it.
///
/// # Errors
/// If it cannot hold one, or cannot be written.
pub fn fill(
    container: &Container,
    meta: &Meta,
    lang: Lang,
    bitexts: &[Bitext],
) -> Result<(Vec<u8>, Vec<String>)> {
    let mut bytes = Vec::new();
    let mut filling = (container.open)(meta, lang, &mut bytes)?;
    bitexts.iter().try_for_each(|bitext| filling.add(bitext))?;
    let notices = filling.finish()?;
    Ok((bytes, notices))
}
