//! Takes an article out of files, and proves that it is gone.
//!
//! Any file of JSON Lines will do: `aligned.jsonl`, and what [`filter`](super::filter) and its siblings wrote beside it, under
//! whose `bead` it looks as well; `articles.jsonl`, under whose `article` it does. Each file is written anew beside its place
//! and put there; then it is read again from the disk.

use super::Output;
use super::lines::{Line, check_rereadable, each};
use crate::error::{Error, Result};
use crate::text::{hex, url};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What is to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// The article of this address, however written: scheme, `www.`, query and fragment do not tell pages apart.
    Url(String),
    /// The article, or the pair, of this name: a file as `aligned.jsonl` has it.
    Article(String),
}

/// What was done with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// The file, as it was given.
    pub file: String,
    /// How many lines it had that are not blank.
    pub lines_before: u64,
    /// How many of them were taken out.
    pub removed: u64,
    /// How many it has.
    pub lines_after: u64,
    /// The file's SHA-256 before.
    pub sha256_before: String,
    /// The file's SHA-256 now.
    pub sha256_after: String,
    /// Whether no line of it, as it is on the disk now, is of what was to go.
    pub gone: bool,
    /// Lines that stay, and in whose text an address or a name that was to go is mentioned; the first hundred.
    pub mentions: Vec<u64>,
    /// Lines that stay, and say what a line said that went: the same sentence in another article; the first hundred.
    pub same_sentences: Vec<u64>,
}

/// So many lines are told.
const TOLD: usize = 100;

/// The keys under which articles are named.
const NAMES: [&str; 9] = ["url", "zh_url", "en_url", "final_url", "id", "file", "zh_file", "en_file", "pair"];

/// The keys under which a bead or an article stands in a line that is about it.
const WITHIN: [&str; 2] = ["bead", "article"];

/// Takes everything of these out of every file. A file in which there is nothing stays untouched. Memory holds what goes.
///
/// # Errors
/// Nothing to remove, standard input, a file that cannot be read or written, a line that is no JSON, and a file that is not
/// as it was written when it is read again.
pub fn run(files: &[PathBuf], targets: &[Target]) -> Result<Vec<Proof>> {
    check_rereadable(files)?;
    let wanted = Wanted::of(targets)?;
    let mut gone: BTreeSet<u64> = BTreeSet::new();
    let mut proofs = Vec::new();
    for path in files {
        proofs.push(removed(path, &wanted, &mut gone)?);
    }
    for (path, proof) in files.iter().zip(&mut proofs) {
        verify(path, &wanted, &gone, proof)?;
    }
    Ok(proofs)
}

/// What is to go, in a form to compare with.
struct Wanted {
    urls: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Wanted {
    fn of(targets: &[Target]) -> Result<Self> {
        let mut wanted = Self { urls: BTreeSet::new(), names: BTreeSet::new() };
        for target in targets {
            match target {
                Target::Url(text) => wanted.urls.insert(url::canonical(text).ok_or_else(|| {
                    Error::usage(format!("`{text}` is no web address"))
                        .remedy("give it as in a browser, or name a file with --article")
                })?),
                Target::Article(name) if name.trim().is_empty() => {
                    return Err(
                        Error::usage("an article without a name").remedy("name it as aligned.jsonl does")
                    );
                }
                Target::Article(name) => wanted.names.insert(name.clone()),
            };
        }
        if targets.is_empty() {
            return Err(Error::usage("there is nothing to remove").remedy("give --url or --article"));
        }
        Ok(wanted)
    }

    /// Whether a line is of what is to go.
    fn has(&self, value: &Value) -> bool {
        let named = NAMES.iter().filter_map(|key| Some((*key, value.get(key)?.as_str()?)));
        let mut own = named.map(|(key, text)| self.is_named(key, text));
        own.any(|is| is) || WITHIN.iter().filter_map(|key| value.get(key)).any(|within| self.has(within))
    }

    fn is_named(&self, key: &str, text: &str) -> bool {
        if key.ends_with("url") {
            return self.names.contains(text)
                || url::canonical(text).is_some_and(|address| self.urls.contains(&address));
        }
        // A bead is named by its pair and its number, a pair by both articles.
        let pair = text.rsplit_once('#').map_or(text, |(pair, _)| pair);
        let is_of = |name: &String| {
            [text, pair].iter().any(|text| {
                text == name
                    || text.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('+'))
                    || text.strip_suffix(name.as_str()).is_some_and(|rest| rest.ends_with('+'))
            })
        };
        self.names.iter().any(is_of)
    }

    /// Whether a text anywhere in a value mentions what is to go.
    fn is_mentioned(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => {
                let mut texts = self.urls.iter().chain(&self.names);
                texts.any(|wanted| text.contains(wanted.as_str()))
            }
            Value::Array(items) => items.iter().any(|item| self.is_mentioned(item)),
            Value::Object(fields) => fields.values().any(|field| self.is_mentioned(field)),
            _ => false,
        }
    }
}

fn value(line: &Line) -> Result<Value> {
    serde_json::from_str(&line.text).map_err(|e| {
        Error::input("is no JSON").caused_by(e).remedy("give files of JSON Lines: one object a line")
    })
}

/// Writes a file without what is to go, and remembers the sentences that went.
fn removed(path: &PathBuf, wanted: &Wanted, gone: &mut BTreeSet<u64>) -> Result<Proof> {
    let sha256_before = sha256(path)?;
    let mut output = Output::file(path)?;
    let (mut lines_before, mut removed) = (0, 0);
    each(
        std::slice::from_ref(path),
        |line| value(line).map(|value| wanted.has(&value).then(|| sentences(&value))),
        |line, went| {
            lines_before += 1;
            match went {
                Some(sentences) => {
                    removed += 1;
                    gone.extend(sentences);
                    Ok(())
                }
                None => output.line(&line.text),
            }
        },
    )?;
    let lines_after = output.lines();
    if removed > 0 {
        output.finish()?;
    }
    Ok(Proof {
        file: path.display().to_string(),
        lines_before,
        removed,
        lines_after,
        sha256_before,
        sha256_after: String::new(),
        gone: false,
        mentions: Vec::new(),
        same_sentences: Vec::new(),
    })
}

/// Reads a file again.
fn verify(path: &PathBuf, wanted: &Wanted, gone: &BTreeSet<u64>, proof: &mut Proof) -> Result<()> {
    let (mut lines, mut left) = (0, 0u64);
    let look = |line: &Line| {
        let value = value(line)?;
        let same = !gone.is_empty() && sentences(&value).iter().any(|sentence| gone.contains(sentence));
        Ok((wanted.has(&value), wanted.is_mentioned(&value), same))
    };
    each(std::slice::from_ref(path), look, |line, (has, mentions, same)| {
        lines += 1;
        left += u64::from(has);
        for (_, told) in [(mentions, &mut proof.mentions), (same, &mut proof.same_sentences)]
            .into_iter()
            .filter(|(is, told)| *is && told.len() < TOLD)
        {
            told.push(line.number);
        }
        Ok(())
    })?;
    if lines != proof.lines_after {
        return Err(Error::input(format!("has {lines} lines, but {} were written", proof.lines_after))
            .at(path)
            .remedy("see what else writes it, and remove again"));
    }
    proof.gone = left == 0;
    proof.sha256_after = sha256(path)?;
    Ok(())
}

/// The sentences of a line, by what is left of them when layout does not count; short ones say nothing.
fn sentences(value: &Value) -> Vec<u64> {
    let own = ["zh", "en"].iter().filter_map(|side| value.get(side)?.as_array()).flatten();
    let texts = own.filter_map(Value::as_str).map(crate::text::key::alphanumeric);
    let within = WITHIN.iter().filter_map(|key| value.get(key)).flat_map(sentences);
    texts
        .filter(|key| key.chars().count() >= 8)
        .map(|key| super::article::hash(&[&key]))
        .chain(within)
        .collect()
}

/// SHA-256 of a file.
fn sha256(path: &Path) -> Result<String> {
    let mut file = File::open(path).map_err(|e| Error::read(path, e))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer).map_err(|e| Error::read(path, e))?;
        if read == 0 {
            return Ok(hex::digits(&hasher.finalize()));
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::super::dropped;
    use super::super::testing::{Folder, record as bead, text};
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn url(text: &str) -> [Target; 1] {
        [Target::Url(text.to_owned())]
    }

    #[test]
    fn an_article_goes_from_every_file_by_its_address() {
        let folder = Folder::new();
        let (a, b) =
            (bead("a", 0, "攻击者窃取了数据。", "Attackers stole the data."), bead("b", 0, "别的", "Other."));
        let aligned = folder.put("aligned", &text(&[a.clone(), b.clone()]));
        let line = dropped::line(&json!({"rule": "length"}), text(&[a]).trim());
        let rest = folder.put("dropped", &(line + "\n"));
        let articles = folder.put(
            "articles",
            "{\"article\":{\"id\":\"en/a.html\",\"url\":\"https://en.example/news/a\"}}\n\
             {\"article\":{\"id\":\"zh/b.md\",\"cites\":[{\"url\":\"https://en.example/news/a\"}]}}\n",
        );
        let proofs =
            run(&[aligned, rest, articles], &url("http://www.en.example/news/a/?utm=feed#top")).unwrap();
        assert_eq!(
            proofs.iter().map(|p| (p.lines_before, p.removed, p.gone)).collect::<Vec<_>>(),
            [(2, 1, true), (1, 1, true), (2, 1, true)]
        );
        assert_eq!(folder.get("aligned"), text(&[b]));
        assert_eq!(folder.get("dropped"), "");
        // The post that cites it is not the article, but is told of.
        assert_eq!(proofs[2].mentions, [1]);
        assert_eq!(proofs[0].sha256_after, sha256(&folder.path("aligned")).unwrap());
        assert_ne!(proofs[0].sha256_after, proofs[0].sha256_before);
        assert_eq!(folder.names(), ["aligned", "articles", "dropped"]);
    }

    #[test]
    fn names_are_whole_names() {
        let folder = Folder::new();
        let beads = [bead("a", 0, "一", "One."), bead("aa", 0, "二", "Two.")];
        let input = folder.put("in", &text(&beads));
        let go = |name: &str| run(std::slice::from_ref(&input), &[Target::Article(name.to_owned())]).unwrap();
        assert_eq!(go("a.md")[0].removed, 0);
        assert_eq!(go("zh/a")[0].removed, 0);
        let proof = &go("zh/a.md")[0];
        assert_eq!((proof.removed, proof.gone), (1, true));
        assert_eq!(go("zh/aa.md+en/aa.html")[0].removed, 1);
        assert_eq!(folder.get("in"), "");
    }

    #[test]
    fn the_same_sentence_elsewhere_is_told() {
        let folder = Folder::new();
        let (zh, en) = ("攻击者窃取了大量数据。", "Attackers stole the data.");
        let input = folder.put("in", &text(&[bead("b", 0, zh, "Other."), bead("a", 0, zh, en)]));
        let proofs = run(&[input], &url("https://zh.example/posts/a")).unwrap();
        assert_eq!(proofs[0].same_sentences, [1]);
    }

    #[test]
    fn a_file_without_it_is_not_touched() {
        let folder = Folder::new();
        let odd = format!("\n{}\r\n", text(&[bead("a", 0, "一", "One.")]).trim());
        let input = folder.put("in", &odd);
        let proofs = run(&[input], &url("https://zh.example/posts/none")).unwrap();
        assert!(proofs[0].gone && proofs[0].removed == 0);
        assert_eq!(proofs[0].sha256_before, proofs[0].sha256_after);
        assert_eq!(folder.get("in"), odd);
    }

    #[test]
    fn what_cannot_be_removed_is_refused() {
        let folder = Folder::new();
        let input = [folder.put("in", "no json\n")];
        assert!(run(&input, &[]).is_err());
        assert!(run(&input, &url("nowhere")).is_err());
        assert!(run(&input, &[Target::Article(" ".to_owned())]).is_err());
        let said = run(&input, &url("https://a.example/b")).unwrap_err().to_string();
        assert!(said.contains("in:1: is no JSON"), "{said}");
        assert_eq!(folder.get("in"), "no json\n");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn what_went_is_gone_and_all_else_is_as_it_was(articles in prop::collection::vec(0..6u32, 0..30), which in 0..6u32) {
            let folder = Folder::new();
            let beads: Vec<_> =
                articles.iter().enumerate().map(|(n, a)| bead(&a.to_string(), n as u32, "一句", "One.")).collect();
            let input = folder.put("in", &text(&beads));
            let proofs = run(&[input], &url(&format!("https://en.example/news/{which}"))).unwrap();
            let rest: Vec<_> = beads.iter().filter(|b| b.en_url != format!("https://en.example/news/{which}")).cloned().collect();
            prop_assert!(proofs[0].gone);
            prop_assert_eq!(proofs[0].removed as usize, beads.len() - rest.len());
            prop_assert_eq!(folder.get("in"), text(&rest));
        }
    }
}
