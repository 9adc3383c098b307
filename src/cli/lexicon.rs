//! `duizhao lexicon`: build and look into bilingual lexicons.

use super::args::{Common, LexiconArgs, LexiconTrainArgs};
use super::{Done, io, lexicon_train};
use clap::Subcommand;
use duizhao::error::{Error, Result};
use duizhao::lexicon::{Lexicon, Table};
use duizhao::pipeline::Settings;
use std::path::{Path, PathBuf};

/// What to do with lexicons.
#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    /// Build a lexicon from word lists with a sentence encoder
    #[cfg(feature = "encoder")]
    Build(build::BuildArgs),
    /// Learn words from aligned text: an overlay for the lexicon
    Train(LexiconTrainArgs),
    /// Show what Chinese words are rendered by: word, rendering (as English stems), weight, separated by tabs
    #[command(after_help = "\
Example:
  duizhao lexicon show builtin 漏洞 天气")]
    Show {
        /// A lexicon's file, or `builtin`
        // The global option --lexicon has the id that the field would give.
        #[arg(id = "source", value_name = "LEXICON")]
        lexicon: PathBuf,
        /// Chinese words
        #[arg(required = true, value_name = "WORD")]
        words: Vec<String>,
    },
    /// Say where a lexicon comes from and how much is in it
    Info {
        /// A lexicon's file, or `builtin`
        #[arg(id = "source", value_name = "LEXICON", default_value = BUILTIN)]
        lexicon: PathBuf,
    },
}

/// Stands for the lexicon that is compiled in.
const BUILTIN: &str = "builtin";

/// Runs it.
pub fn run(args: &LexiconArgs, common: &Common, settings: &Settings) -> Result<Done> {
    match &args.command {
        #[cfg(feature = "encoder")]
        LexiconCommand::Build(args) => build::run(args, common),
        LexiconCommand::Train(args) => lexicon_train::run(args, common, settings),
        LexiconCommand::Show { lexicon, words } => show(lexicon, words, common.quiet),
        LexiconCommand::Info { lexicon } => info(lexicon),
    }
}

/// A lexicon, owned or compiled in.
enum Opened {
    File(Box<Lexicon>),
    Builtin,
}

impl Opened {
    fn open(path: &Path) -> Result<Self> {
        if path == Path::new(BUILTIN) {
            return Ok(Self::Builtin);
        }
        let bytes = std::fs::read(path).map_err(|e| Error::read(path, e))?;
        let table = Table::read(&bytes).map_err(|e| e.at(path))?;
        Ok(Self::File(Box::new(Lexicon::new(table, &[]))))
    }

    fn get(&self) -> &Lexicon {
        match self {
            Self::File(lexicon) => lexicon,
            Self::Builtin => Lexicon::builtin(),
        }
    }
}

/// Best renderings first. A word that is not known is said on standard error.
fn show(path: &Path, words: &[String], quiet: bool) -> Result<Done> {
    let opened = Opened::open(path)?;
    let lexicon = opened.get();
    let mut lines = String::new();
    for word in words {
        let mut senses: Vec<(String, f32)> = Vec::new();
        for sense in lexicon.senses(word) {
            let stems: Vec<&str> = sense.stems.iter().map(|&stem| lexicon.stem_text(stem)).collect();
            let text = stems.join(" ");
            match senses.iter_mut().find(|(known, _)| *known == text) {
                Some((_, weight)) => *weight = weight.max(sense.weight),
                None => senses.push((text, sense.weight)),
            }
        }
        if senses.is_empty() {
            io::tell(quiet, &format!("{}: no renderings\n", io::visible(word)));
        }
        senses.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
        lines.extend(senses.iter().map(|(stems, weight)| format!("{word}\t{stems}\t{weight:.2}\n")));
    }
    io::write(lines.as_bytes())?;
    Ok(Done::Well)
}

fn info(path: &Path) -> Result<Done> {
    let opened = Opened::open(path)?;
    let lexicon = opened.get();
    let table = lexicon.table();
    let provenance: String = table.provenance.lines().map(|line| io::visible(line) + "\n").collect();
    let (words, stems) = (table.words().len(), table.stems().len());
    let counts = format!("holds: {words} Chinese words, {stems} English stems\nhash: {}\n", lexicon.hash());
    io::write((provenance + &counts).as_bytes())?;
    Ok(Done::Well)
}

#[cfg(feature = "encoder")]
mod build {
    use super::super::args::Common;
    use super::super::progress::Bars;
    use super::super::{Done, io};
    use duizhao::encoder;
    use duizhao::error::{Error, Result};
    use duizhao::lexicon::{Entry, parse_glossary};
    use duizhao::model::Sides;
    use duizhao::pipeline::hash_file;
    use duizhao::pipeline::lexicon::{self, Config, Vocabulary};
    use std::fs;
    use std::path::{Path, PathBuf};

    /// `lexicon build`.
    #[derive(Debug, clap::Args)]
    #[command(after_help = "\
Example, which made the lexicon that is compiled in (see corpora/lexicon/README.md for the word lists):
  duizhao lexicon build --zh dict.txt --en frequency_dictionary_en_82_765.txt \\
    --glossary corpora/glossary/security.tsv corpora/glossary/general.tsv --out general.lexicon

The same files and the same encoder give the same bytes. --encoder names another encoder than usem3; it needs a \
model (see duizhao model --help).")]
    pub struct BuildArgs {
        /// Chinese words with frequencies, one `word frequency` a line; what follows in a line is passed over (the form
        /// of jieba's dict.txt)
        #[arg(long, value_name = "FILE")]
        zh: PathBuf,
        /// English words with frequencies, likewise
        #[arg(long, value_name = "FILE")]
        en: PathBuf,
        /// Glossaries: zh, en, category, separated by tabs, under a header; their words join the vocabulary
        #[arg(long, value_name = "FILE", num_args = 1..)]
        glossary: Vec<PathBuf>,
        /// Take only the N commonest words of each list
        #[arg(long, value_name = "N", default_value_t = 100_000)]
        most: usize,
        /// The lexicon to write
        #[arg(short, long, value_name = "FILE")]
        out: PathBuf,
    }

    /// The model that is used if none is named.
    const ENCODER: &str = "usem3";

    /// Reads, builds, writes.
    pub fn run(args: &BuildArgs, common: &Common) -> Result<Done> {
        let mut zh = Vocabulary::chinese(&read(&args.zh)?, args.most).map_err(|e| e.at(&args.zh))?;
        let mut en = Vocabulary::english(&read(&args.en)?, args.most).map_err(|e| e.at(&args.en))?;
        let mut glossary: Vec<Entry> = Vec::new();
        for path in &args.glossary {
            glossary.extend(parse_glossary(&read(path)?).map_err(|e| e.at(path))?);
        }
        zh.add_terms(&glossary);
        en.add_renderings(&glossary);
        let provenance = provenance(args)?;
        let encoder = encoder::open(common.encoder.as_deref().unwrap_or(ENCODER))?;
        let bars = Bars::new(common.quiet);
        let words = Sides { zh, en };
        let built = lexicon::build(&words, &glossary, &*encoder, &provenance, &Config::default(), &bars)?;
        let bytes = built.table.write()?;
        fs::write(&args.out, &bytes).map_err(|e| Error::write(&args.out, e))?;
        let lexicon::Built { covered, pairs, .. } = built;
        let size = bytes.len().div_ceil(1 << 10);
        io::tell(
            common.quiet,
            &format!("{} Chinese and {} English words, {pairs} pairs, {size} KiB\n", covered.zh, covered.en),
        );
        Ok(Done::Well)
    }

    fn read(path: &Path) -> Result<String> {
        let bytes = fs::read(path).map_err(|e| Error::read(path, e))?;
        String::from_utf8(bytes).map_err(|e| {
            let valid = e.as_bytes().get(..e.utf8_error().valid_up_to()).unwrap_or_default();
            let line = valid.iter().filter(|&&b| b == b'\n').count() as u64 + 1;
            Error::input("is no UTF-8").at(path).on_line(line).remedy("convert it with iconv")
        })
    }

    /// What a lexicon says of its sources: their names without folders, and their hashes.
    fn provenance(args: &BuildArgs) -> Result<String> {
        let mut lines =
            format!("made by: duizhao {} lexicon build --most {}\n", env!("CARGO_PKG_VERSION"), args.most);
        for path in [&args.zh, &args.en].into_iter().chain(&args.glossary) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("?");
            lines.push_str(&format!("source: {} sha256 {}\n", io::visible(name), hash_file(path)?.0));
        }
        Ok(lines)
    }
}
