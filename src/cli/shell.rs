//! Completions, manual pages and the schemas.

use super::args::{Args, CompletionsArgs, ManArgs};
use super::{Done, io};
use clap::{CommandFactory, ValueEnum};
use duizhao::error::{Error, Result};
use duizhao::export::{self, standoff};
use std::fs;

/// `schema`.
#[derive(Debug, clap::Args)]
pub struct SchemaArgs {
    /// Of which file
    #[arg(value_enum, default_value_t = Described::Aligned)]
    pub file: Described,
}

/// The files that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Described {
    /// What `duizhao run` writes
    Aligned,
    /// What `duizhao export --format standoff` writes
    Standoff,
}

/// `duizhao schema`.
pub fn schema(args: &SchemaArgs) -> Result<Done> {
    let schema = match args.file {
        Described::Aligned => export::SCHEMA,
        Described::Standoff => standoff::SCHEMA,
    };
    io::write(schema.as_bytes())?;
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
