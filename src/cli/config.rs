//! `duizhao config`: the effective settings.

use super::args::Common;
use super::{Done, io, settings};
use duizhao::error::{Error, Result};

/// Runs it.
pub fn run(common: &Common) -> Result<Done> {
    let (_, file) = settings::file(common)?;
    let text = toml::to_string(&file)
        .map_err(|e| Error::input("the settings cannot be written as TOML").caused_by(e))?;
    io::write(text.as_bytes())?;
    Ok(Done::Well)
}
