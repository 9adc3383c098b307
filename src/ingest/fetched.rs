//! What `duizhao fetch` wrote down of the pages in a folder: by which addresses each was found.

use crate::model::{Fetched, Origin, PAGES_INDEX, RESERVATION_HEADERS};
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// How a page was fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FetchedFrom {
    /// Its addresses.
    pub origin: Origin,
    /// The character set that the server named.
    pub charset: Option<String>,
    /// What else is known of it, as front matter would say it: when it was fetched, what the server said of mining.
    pub fields: BTreeMap<String, String>,
}

impl FetchedFrom {
    /// What a line of `pages.jsonl` says.
    pub fn of(record: &Fetched) -> Self {
        let mut hops: Vec<String> = record.hops.iter().map(|hop| hop.url.clone()).collect();
        hops.retain(|hop| *hop != record.final_url);
        let origin = Origin {
            url: Some(record.asked.clone()),
            final_url: Some(record.final_url.clone()),
            hops,
            ..Origin::default()
        };
        let fields = fields(&record.fetched, |name| record.headers.get(name).cloned());
        Self { origin, charset: record.charset().map(str::to_owned), fields }
    }

    /// Takes in another address that led to the same page.
    fn add(&mut self, other: Self) {
        let more = other.origin.url.into_iter().chain(other.origin.hops).chain(other.origin.final_url);
        for url in more.filter(|url| Some(url) != self.origin.final_url.as_ref()) {
            if Some(&url) != self.origin.url.as_ref() && !self.origin.hops.contains(&url) {
                self.origin.hops.push(url);
            }
        }
    }
}

/// What front matter would say of a page that was fetched at this time with these headers.
pub(super) fn fields(fetched: &str, header: impl Fn(&str) -> Option<String>) -> BTreeMap<String, String> {
    let stated = RESERVATION_HEADERS.iter().filter_map(|&name| Some((name.to_owned(), header(name)?)));
    let when = (!fetched.is_empty()).then(|| ("fetch_date".to_owned(), fetched.to_owned()));
    stated.chain(when).collect()
}

/// The indexes of the folders that were looked into.
#[derive(Debug, Default)]
pub(super) struct Stores {
    folders: HashMap<PathBuf, Option<HashMap<String, FetchedFrom>>>,
}

impl Stores {
    /// What is known of a file, by the index beside it.
    pub fn of(&mut self, path: &Path) -> Option<Box<FetchedFrom>> {
        let name = path.file_name()?.to_str()?;
        self.index(path.parent()?)?.get(name).cloned().map(Box::new)
    }

    /// Whether a file is such an index.
    pub fn is_index(&mut self, path: &Path) -> bool {
        path.file_name().is_some_and(|name| name == PAGES_INDEX)
            && path.parent().is_some_and(|folder| self.index(folder).is_some())
    }

    fn index(&mut self, folder: &Path) -> Option<&HashMap<String, FetchedFrom>> {
        if !self.folders.contains_key(folder) {
            self.folders.insert(folder.to_owned(), read(&folder.join(PAGES_INDEX)));
        }
        self.folders.get(folder)?.as_ref()
    }
}

/// Reads an index, by file; nothing if it is none. Of several lines for one address the last holds; one that broke off is
/// passed over.
fn read(path: &Path) -> Option<HashMap<String, FetchedFrom>> {
    let mut reader = BufReader::new(File::open(path).ok()?);
    let (mut line, mut order, mut last) = (Vec::new(), Vec::new(), HashMap::new());
    let mut is_first = true;
    while reader.read_until(b'\n', &mut line).ok()? > 0 {
        match serde_json::from_slice::<Fetched>(&line) {
            Ok(record) => {
                let asked = record.asked.clone();
                if last.insert(asked.clone(), record).is_none() {
                    order.push(asked);
                }
            }
            // A user's own archive of that name.
            Err(_) if is_first => return None,
            Err(_) => {}
        }
        is_first = false;
        line.clear();
    }
    let mut files: HashMap<String, FetchedFrom> = HashMap::new();
    for record in order.iter().filter_map(|asked| last.get(asked)) {
        let Some(file) = &record.file else { continue };
        let from = FetchedFrom::of(record);
        match files.get_mut(file) {
            Some(known) => known.add(from),
            None => {
                files.insert(file.clone(), from);
            }
        }
    }
    Some(files)
}
