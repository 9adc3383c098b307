//! `duizhao config`: the effective settings.

use super::settings::SettingsFile;
use super::{Done, io};
use duizhao::error::{Error, Result};
use duizhao::pipeline::Settings;

/// Runs it.
pub fn run(settings: &Settings) -> Result<Done> {
    let text = toml::to_string(&SettingsFile::of(settings))
        .map_err(|e| Error::input("the settings cannot be written as TOML").caused_by(e))?;
    io::write(text.as_bytes())?;
    Ok(Done::Well)
}
