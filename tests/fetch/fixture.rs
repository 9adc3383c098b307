//! Fetches from the test server into a folder, and looks at what came.

use duizhao::error::Result;
use duizhao::fetch::{Config, Event, Tally, Watcher};
use duizhao::model::Fetched;
use duizhao::pipeline::fetch::{Want, plan, run};
use duizhao::pipeline::{self, Settings, Silent, Summary};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use url::Url;

/// As fast as it goes, on loopback.
pub fn config() -> Config {
    Config {
        pace: Duration::ZERO,
        backoff: Duration::from_millis(20),
        attempts: 3,
        connect_timeout: Duration::from_secs(5),
        first_byte_timeout: Duration::from_millis(700),
        whole_timeout: Duration::from_secs(2),
        max_bytes: 1 << 20,
        allow_private: true,
        clock: Arc::new(|| "2031-02-03T04:05:06Z".parse().unwrap()),
        ..Config::default()
    }
}

/// Keeps events as lines of JSON.
#[derive(Default)]
pub struct Record(pub Mutex<Vec<String>>);

impl Watcher for Record {
    fn event(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push(serde_json::to_string(event).unwrap());
    }
}

/// A folder that is fetched into.
pub struct Folder {
    dir: TempDir,
    pub config: Config,
}

impl Folder {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), config: config() }
    }

    pub fn with(config: Config) -> Self {
        Self { config, ..Self::new() }
    }

    pub fn path(&self) -> PathBuf {
        self.dir.path().join("pages")
    }

    pub fn beside(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Fetches these addresses and what they cite.
    pub fn fetch(&self, urls: &[Url]) -> Tally {
        self.get(&Want { urls: urls.to_vec(), ..Want::default() })
    }

    pub fn get(&self, want: &Want) -> Tally {
        self.try_get(want, None, Arc::new(duizhao::fetch::Unwatched)).unwrap()
    }

    pub fn try_get(&self, want: &Want, warc: Option<&Path>, watcher: Arc<dyn Watcher>) -> Result<Tally> {
        let settings = Settings::default();
        let plan = plan(want, &settings, &Silent)?;
        run(plan, &want.wanted, &self.path(), warc, &self.config, &settings, watcher)
    }

    /// The lines of `pages.jsonl`.
    pub fn lines(&self) -> Vec<Fetched> {
        let text = fs::read_to_string(self.path().join("pages.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The only line that is there.
    pub fn line(&self) -> Fetched {
        let mut lines = self.lines();
        assert_eq!(lines.len(), 1, "{lines:?}");
        lines.remove(0)
    }

    /// The names of the files that are pages.
    pub fn files(&self) -> Vec<String> {
        let names = fs::read_dir(self.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name != "pages.jsonl").collect();
        names.sort();
        names
    }

    /// The bytes that a line stands for.
    pub fn body(&self, line: &Fetched) -> Vec<u8> {
        fs::read(self.path().join(line.file.as_ref().unwrap())).unwrap()
    }

    /// Pairs and aligns what was fetched; gives the summary and the lines of `pairs.tsv`.
    pub fn run(&self, input: &Path) -> (Summary, Vec<String>) {
        let out = self.beside("out");
        let settings = Settings { qa: None, ..Settings::default() };
        let summary = pipeline::run(&[input.to_owned()], &out, false, &settings, &Silent).unwrap();
        let pairs = fs::read_to_string(out.join("pairs.tsv")).unwrap();
        (summary, pairs.lines().map(str::to_owned).collect())
    }

    /// Asserts that the store is whole: each file named and no other, each as its line says.
    pub fn assert_whole(&self) {
        let mut named = Vec::new();
        for line in self.lines().iter().filter(|line| line.file.is_some()) {
            let body = self.body(line);
            assert_eq!(line.bytes, Some(body.len() as u64));
            assert_eq!(line.sha256.as_deref(), Some(sha256(&body).as_str()));
            named.push(line.file.clone().unwrap());
        }
        named.sort();
        named.dedup();
        assert_eq!(named, self.files());
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The reason for which the only page was refused, and that nothing was stored.
pub fn reason(folder: &Folder, tally: &Tally) -> String {
    assert_eq!((tally.stored, folder.files().len()), (0, 0));
    let reasons: Vec<_> = tally.refused.keys().collect();
    assert_eq!(reasons.len(), 1, "{reasons:?}");
    reasons[0].clone()
}
