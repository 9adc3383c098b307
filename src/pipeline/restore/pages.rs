//! The pages that stand-off lines are of, and what became of those that are not there.

use super::super::read::{Incoming, notice_of, read_pages};
use super::super::settings::Settings;
use super::Cause;
use crate::error::Result;
use crate::export::standoff::sha256;
use crate::extract;
use crate::ingest::{self, InputFile};
use crate::model::Progress;
use crate::model::{Lang, Notice, Page, Sides, Stage, Standoff};
use crate::text::{name, url};
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::{Path, PathBuf};

/// The most texts that are kept of one page. What is read in a page depends on what it comes in, too: a title may stand in
/// an archive's record; but a page that is there a thousand times must not cost memory each time.
const TEXTS: usize = 8;

/// Which pages are wanted: by their hashes, and under which names and addresses they may be there in another state.
#[derive(Default)]
pub struct Wanted {
    hashes: FxHashSet<String>,
    /// Names by their last parts.
    names: FxHashMap<String, FxHashSet<String>>,
    urls: FxHashSet<String>,
}

impl Wanted {
    /// Adds both pages of a bead.
    pub fn add(&mut self, standoff: &Standoff) {
        let pages = standoff.pages();
        let known = known(standoff);
        for (hash, (file, address)) in [(pages.zh, known.zh), (pages.en, known.en)] {
            if !self.hashes.contains(hash) {
                self.hashes.insert(hash.to_owned());
            }
            let names = self.names.entry(name::base(file).to_owned()).or_default();
            if !names.contains(file) {
                names.insert(file.to_owned());
            }
            self.urls.extend(address.and_then(url::canonical));
        }
    }

    /// The wanted names and addresses under which a page stands. Names may be those below another folder: `zh/a.md` is `a.md` if
    /// `zh` itself was given.
    fn keys(&self, id: &str, urls: &[String]) -> Vec<String> {
        let names = self.names.get(name::base(id)).into_iter().flatten();
        let names = names.filter(|name| is_below(name, id) || is_below(id, name)).cloned();
        let urls = urls.iter().filter_map(|address| url::canonical(address));
        names.chain(urls.filter(|address| self.urls.contains(address))).collect()
    }
}

/// Whether `short` is the end of `long`, cut at a folder.
fn is_below(long: &str, short: &str) -> bool {
    long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}

/// Both pages' names and addresses.
fn known(standoff: &Standoff) -> Sides<(&str, Option<&str>)> {
    let record = standoff.record();
    Sides::new((&record.zh_file, record.zh_url.as_deref()), (&record.en_file, Some(&record.en_url)))
}

/// Pages by their hashes.
pub struct Pages {
    wanted: Wanted,
    texts: FxHashMap<String, Vec<String>>,
    /// Pages that are there and hold no article.
    without: FxHashMap<String, Notice>,
    /// Other pages under wanted names and addresses, by these: name and hash of the first.
    others: FxHashMap<String, (String, String)>,
    unread: Vec<Notice>,
}

/// What became of a page.
enum Seen {
    /// It is wanted: the text of its article.
    Article(String, String),
    /// It is wanted, and holds no article.
    Nothing(String, Notice),
    /// It is not wanted, but stands under names and addresses of others: these, its own name, its hash.
    Other(Vec<String>, String, String),
    /// It cannot be read.
    Unread(Notice),
    /// It is of no interest.
    Stranger,
}

impl Pages {
    /// Reads all pages, and keeps the texts of those that are wanted.
    ///
    /// # Errors
    /// If there are no pages at all, or the user stops it.
    pub fn read(
        inputs: &[PathBuf],
        wanted: Wanted,
        settings: &Settings,
        progress: &dyn Progress,
    ) -> Result<Self> {
        let listed = ingest::list(inputs, &settings.ingest)?;
        let mut pages = Self {
            wanted,
            texts: FxHashMap::default(),
            without: FxHashMap::default(),
            others: FxHashMap::default(),
            unread: listed.notices.into_iter().filter(Notice::is_failure).collect(),
        };
        pages.pass(&listed.output, settings, progress, "reading", |page, wanted| {
            let origin = &page.origin;
            let urls = origin.url.iter().chain(&origin.hops).chain(&origin.final_url).cloned();
            wanted.keys(&page.id, &urls.collect::<Vec<_>>())
        })?;
        let is_there = |hash: &String| pages.texts.contains_key(hash) || pages.without.contains_key(hash);
        let is_whole = pages.wanted.hashes.iter().all(is_there);
        let is_stream = listed.output.iter().any(|file| file.path == Path::new("-"));
        if !is_whole && !is_stream {
            // Only pages that say so themselves are still to be found, which takes reading every one of them.
            pages.pass(
                &listed.output,
                settings,
                progress,
                "looking for what is missing",
                |page, wanted| {
                    let article = extract::run(page, &settings.extract).ok().map(|read| read.output);
                    let urls = article
                        .into_iter()
                        .flat_map(|article| article.url.into_iter().chain(article.aliases));
                    wanted.keys(&page.id, &urls.collect::<Vec<_>>())
                },
            )?;
        }
        Ok(pages)
    }

    /// Looks at every page; `keys` says under which wanted names and addresses a page stands that is not wanted itself.
    fn pass(
        &mut self,
        files: &[InputFile],
        settings: &Settings,
        progress: &dyn Progress,
        what: &str,
        keys: impl Fn(&Page, &Wanted) -> Vec<String> + Sync,
    ) -> Result<()> {
        let Self { wanted, texts, without, others, unread } = self;
        let wanted = &*wanted;
        progress.begin(what, Some(files.len() as u64));
        let look = |incoming: Incoming| look(incoming, wanted, settings, &keys);
        read_pages(files, settings, progress, look, |seen| {
            match seen {
                Seen::Article(hash, text) => {
                    let texts = texts.entry(hash).or_default();
                    if texts.len() < TEXTS && !texts.contains(&text) {
                        texts.push(text);
                    }
                }
                Seen::Nothing(hash, notice) => {
                    without.entry(hash).or_insert(notice);
                }
                Seen::Other(keys, id, hash) => {
                    for key in keys {
                        others.entry(key).or_insert_with(|| (id.clone(), hash.clone()));
                    }
                }
                Seen::Unread(notice) if !unread.contains(&notice) => unread.push(notice),
                Seen::Unread(_) | Seen::Stranger => {}
            }
            Ok(())
        })?;
        progress.end();
        Ok(())
    }

    /// Pages that could not be read.
    pub fn unread(&self) -> &[Notice] {
        &self.unread
    }

    /// The texts that were read in the page of this hash; more than one only if it came in several ways.
    ///
    /// # Errors
    /// Says what is the matter with a page that is not there or holds no article.
    pub fn texts(&self, hash: &str) -> std::result::Result<&[String], Absent<'_>> {
        match (self.texts.get(hash), self.without.get(hash)) {
            (Some(texts), _) => Ok(texts),
            (None, Some(notice)) => Err(Absent::Article(notice)),
            (None, None) => Err(Absent::Page),
        }
    }

    /// Why a bead's side cannot be cut out of its page.
    pub fn cause(&self, standoff: &Standoff, lang: Lang, absent: Absent<'_>) -> Box<Cause> {
        let blank = blank(standoff, lang);
        let file = blank.file.clone().unwrap_or_default();
        let address = blank.url.as_deref().and_then(url::canonical);
        let others = [Some(file.clone()), address].into_iter().flatten();
        Box::new(match (absent, others.filter_map(|key| self.others.get(&key)).next()) {
            (Absent::Article(notice), _) => Cause {
                reason: "no-article",
                message: format!("{file} is the same page, but no article is read in it: {}", notice.message),
                remedy: OTHER_VERSION,
                ..blank
            },
            (Absent::Page, Some((id, hash))) => Cause {
                reason: "page-changed",
                found: Some(hash.clone()),
                message: if *id == file {
                    format!("{file} is there, but was changed: its text is another")
                } else {
                    format!("{id} stands at the name or address of {file}, but has another text")
                },
                remedy: "give the page as it was when the corpus was made",
                ..blank
            },
            (Absent::Page, None) => Cause {
                reason: "page-missing",
                message: format!("{file} is not among the pages"),
                remedy: "give the page with --pages, as it was when the corpus was made",
                ..blank
            },
        })
    }

    /// The page is the same, its article is not.
    pub fn other_article(&self, standoff: &Standoff, lang: Lang) -> Box<Cause> {
        let blank = blank(standoff, lang);
        let (file, id) = (blank.file.clone().unwrap_or_default(), &standoff.record().id);
        Box::new(Cause {
            reason: "other-article",
            message: format!(
                "{file} is the same page, but the sentences of bead {id} are not at their places in its article"
            ),
            remedy: OTHER_VERSION,
            ..blank
        })
    }
}

const OTHER_VERSION: &str =
    "use the version and settings of duizhao that the corpus was made with: its manifest.json names them";

/// What is the matter with a page.
pub enum Absent<'p> {
    /// It is not there.
    Page,
    /// It holds no article.
    Article(&'p Notice),
}

fn blank(standoff: &Standoff, lang: Lang) -> Cause {
    let (known, pages) = (known(standoff), standoff.pages());
    let (file, address) = known.get(lang);
    Cause {
        reason: "",
        file: Some((*file).to_owned()),
        url: address.map(str::to_owned),
        expected: Some((*pages.get(lang)).to_owned()),
        found: None,
        message: String::new(),
        remedy: "",
    }
}

fn look(
    incoming: Incoming,
    wanted: &Wanted,
    settings: &Settings,
    keys: &(impl Fn(&Page, &Wanted) -> Vec<String> + Sync),
) -> Seen {
    let page = match incoming {
        Ok((page, _)) => page,
        Err(notice) if notice.is_failure() => return Seen::Unread(notice),
        Err(_) => return Seen::Stranger,
    };
    let hash = sha256(&page.text);
    if wanted.hashes.contains(&hash) {
        return match extract::run(&page, &settings.extract) {
            Ok(read) => Seen::Article(hash, read.output.text),
            Err(error) => Seen::Nothing(hash, notice_of(&error, &page.id, Stage::Extract)),
        };
    }
    let keys = keys(&page, wanted);
    if keys.is_empty() { Seen::Stranger } else { Seen::Other(keys, page.id, hash) }
}
