//! Completions, manual pages and the schema.

use super::args::{Args, CompletionsArgs, ManArgs};
use super::{Done, io};
use clap::CommandFactory;
use duizhao::error::{Error, Result};
use duizhao::export::SCHEMA;
use std::fs;

/// `duizhao schema`.
pub fn schema() -> Result<Done> {
    io::write(SCHEMA.as_bytes())?;
    Ok(Done::Well)
}

/// `duizhao completions`.
pub fn completions(args: &CompletionsArgs) -> Result<Done> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "duizhao", &mut bytes);
    io::write(&bytes)?;
    Ok(Done::Well)
}

/// `duizhao man`.
pub fn man(args: &ManArgs) -> Result<Done> {
    match &args.out {
        Some(folder) => {
            fs::create_dir_all(folder).map_err(|e| Error::write(folder, e))?;
            clap_mangen::generate_to(Args::command(), folder).map_err(|e| Error::write(folder, e))?;
        }
        None => {
            let mut bytes = Vec::new();
            let page = clap_mangen::Man::new(Args::command()).render(&mut bytes);
            page.map_err(|e| Error::write("manual page", e))?;
            io::write(&bytes)?;
        }
    }
    Ok(Done::Well)
}
