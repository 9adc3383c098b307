//! The report in a browser: chromedriver and Chromium as they are installed. Without chromedriver there is nothing to
//! test, which is said aloud; with `DUIZHAO_REQUIRE_BROWSER` set it fails instead.
#![cfg(feature = "report")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/mod.rs"]
mod common;

use duizhao::model::{Bitext, Finding, Lang, Message, Severity, Sides, Span};
use duizhao::pipeline::{self, Reports, Settings};
use duizhao::{import, qa};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// Fiction, long enough to be scrolled: a sentence in every ten is left out, a figure in every seven is another.
fn bitext() -> Bitext {
    let rows: Vec<String> = (0..80)
        .map(|n| match n % 10 {
            9 => format!("\tThe gang has not answered question {n} of Quillmark Weekly.\n"),
            _ => format!("奎尔马克公司称第{n}台服务器有{}份文件被窃取。\tQuillmark said that {n} files were taken from server {n}.\n", n + usize::from(n % 7 == 3)),
        })
        .collect();
    let text = format!("zh\ten\n{}", rows.concat());
    (import::reader("tsv").unwrap().read)("quillmark.tsv", text.as_bytes()).unwrap().remove(0)
}

/// Findings of our own, so that the test does not hang on what checks find: two of them of one cause, two that overlap.
fn with_findings(mut bitext: Bitext) -> Bitext {
    let finding = |n: usize, bead: usize, check: &str, severity, lang| {
        let bead_of = &bitext.alignment.beads()[bead];
        let (document, indices) = match lang {
            Lang::Zh => (&bitext.pair.documents.zh, &bead_of.zh),
            Lang::En => (&bitext.pair.documents.en, &bead_of.en),
        };
        let sentence = document.sentences[indices[0] as usize].span;
        let mut spans = Sides::new(Vec::new(), Vec::new());
        match lang {
            Lang::Zh => spans.zh = vec![Span::new(sentence.start(), sentence.start() + 15 + 3 * (n % 4))],
            Lang::En => spans.en = vec![sentence],
        }
        Finding {
            id: format!("{n:012x}"),
            group: if check == "number" { "one cause".to_owned() } else { n.to_string() },
            check: check.to_owned(),
            severity,
            category: "Accuracy/Mistranslation".to_owned(),
            confidence: 0.9,
            bead: bead as u32,
            spans,
            message: Message::new(format!("Finding {n} of {check}."), format!("第{n}个问题。")),
            suggestion: None,
        }
    };
    bitext.findings = vec![
        finding(0, 3, "number", Severity::Critical, Lang::Zh),
        finding(1, 9, "omission", Severity::Minor, Lang::En),
        finding(2, 38, "spacing", Severity::Info, Lang::Zh),
        finding(3, 38, "term", Severity::Major, Lang::Zh),
        finding(4, 70, "number", Severity::Major, Lang::Zh),
    ];
    bitext
}

/// `report.html` on the disk.
fn report(folder: &TempDir) -> PathBuf {
    let settings = Settings { qa: Some(qa::Config::default()), ..Settings::default() };
    let bitexts = [with_findings(bitext()), with_findings(bitext())];
    let (mut reports, renderer) = Reports::new(&settings, bitexts.len()).unwrap();
    for (number, bitext) in bitexts.iter().enumerate() {
        assert!(reports.add(renderer.article(number, bitext, &settings), bitext).unwrap().is_none());
    }
    let files = reports.finish().unwrap();
    let file = files.iter().find(|file| file.name == "report.html").unwrap();
    let path = folder.path().join("report.html");
    std::fs::write(&path, &file.bytes).unwrap();
    path
}

/// A chromedriver that ends with the test.
struct Driver {
    process: Child,
    port: u16,
}

impl Drop for Driver {
    /// Asked to end, it takes its browsers with it, also those of a test that failed.
    fn drop(&mut self) {
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
            let _ =
                stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            let _ = stream.read(&mut [0; 1024]);
        }
        for _ in 0..50 {
            if matches!(self.process.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        // It may have ended by now.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Driver {
    fn start() -> Option<Self> {
        let started = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).spawn();
        let mut process = match started {
            Ok(process) => process,
            Err(error) => {
                let why =
                    format!("no chromedriver on PATH ({error}): the report was not opened in a browser");
                assert!(std::env::var_os("DUIZHAO_REQUIRE_BROWSER").is_none(), "{why}");
                common::skipped(&why);
                return None;
            }
        };
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok()
        });
        Some(Self { process, port: port.expect("chromedriver names its port") })
    }

    async fn client(&self, size: (u32, u32), profile: &Path) -> Client {
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            format!("--user-data-dir={}", profile.display()),
            format!("--window-size={},{}", size.0, size.1),
        ];
        let mut options = json!({ "args": arguments });
        if size.0 < 500 {
            // No window is narrower than that.
            let metrics = json!({ "width": size.0, "height": size.1, "pixelRatio": 2.0, "touch": true });
            options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
        }
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!() };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        builder.connect(&format!("http://127.0.0.1:{}", self.port)).await.unwrap()
    }
}

/// What the page says of itself after a moment for layout.
async fn ask(client: &Client, script: &str) -> Value {
    tokio::time::sleep(Duration::from_millis(200)).await;
    client.execute(script, Vec::new()).await.unwrap()
}

/// Which bead has the focus, and whether all of it is in view.
const WHERE: &str = "const el = document.activeElement; const box = el.getBoundingClientRect(); \
    return [el.id, box.top >= 0 && box.bottom <= innerHeight && box.height > 0];";

async fn clicks_lead_to_sentences(client: &Client) {
    let item = client.find(Locator::Css(".item[data-c=term] a[href='#a2-f3']")).await.unwrap();
    item.click().await.unwrap();
    assert_eq!(ask(client, WHERE).await, json!(["a2-b38", true]));
    let marked =
        "return [...document.querySelectorAll('#a2-b38 mark')].map(m => [m.className, m.textContent.length])";
    assert_eq!(ask(client, marked).await, json!([["m2 flash", 7], ["m2 flash", 1]]));
    assert_eq!(ask(client, "return location.hash").await, "#a2-f3");
    // j leads on, k back, and the same cause from one place to the other.
    for (key, bead) in [("j", "a2-b70"), ("k", "a2-b38"), ("k", "a2-b38"), ("k", "a2-b9")] {
        let body = client.find(Locator::Css("body")).await.unwrap();
        body.send_keys(key).await.unwrap();
        assert_eq!(ask(client, WHERE).await, json!([bead, true]), "{key}");
    }
    client.execute("document.querySelector('#a1-f0 .same a').click()", Vec::new()).await.unwrap();
    assert_eq!(ask(client, WHERE).await, json!(["a1-b70", true]));
}

async fn filters_are_kept_in_the_address(client: &Client, address: &str) {
    let shown = "return [[...document.querySelectorAll('.note:not([hidden])')].length, \
        [...document.querySelectorAll('.bead:not([hidden])')].length, \
        document.getElementById('count').textContent, location.hash]";
    client.goto(&format!("{address}#hide=info,omission&only")).await.unwrap();
    client.refresh().await.unwrap();
    assert_eq!(ask(client, shown).await, json!([6, 6, "6 / 10", "#hide=info,omission&only"]));
    let marks = "return [...document.querySelectorAll('#a1-b38 mark')].map(m => m.className)";
    assert_eq!(ask(client, marks).await, json!(["m2", "m2"]));
    client.execute("document.querySelector('.bar [value=major]').click()", Vec::new()).await.unwrap();
    assert_eq!(ask(client, shown).await, json!([2, 2, "2 / 10", "#hide=info,major,omission&only"]));
    assert_eq!(ask(client, marks).await, json!(["off", "off"]));
}

/// Not wider than the window, and nothing said in the console.
async fn fits_and_is_quiet(client: &Client) {
    let wide = "const root = document.documentElement; return root.scrollWidth <= root.clientWidth";
    assert_eq!(ask(client, wide).await, true);
    let logged = client.issue_cmd(Logs).await.unwrap();
    assert_eq!(logged, json!([]));
}

#[derive(Debug)]
struct Logs;

impl fantoccini::wd::WebDriverCompatibleCommand for Logs {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

#[tokio::test]
async fn a_click_on_a_finding_leads_to_its_sentence() {
    let Some(driver) = Driver::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let address = url::Url::from_file_path(report(&folder)).unwrap().to_string();
    for size in [(1440, 900), (390, 844)] {
        let profile = tempfile::tempdir().unwrap();
        let client = driver.client(size, profile.path()).await;
        client.goto(&address).await.unwrap();
        clicks_lead_to_sentences(&client).await;
        fits_and_is_quiet(&client).await;
        filters_are_kept_in_the_address(&client, &address).await;
        client.close().await.unwrap();
    }
}

#[test]
fn the_bitext_is_as_the_test_takes_it_to_be() {
    let bitext = bitext();
    assert_eq!(bitext.alignment.beads().len(), 80);
    assert!(pipeline::meta(&Settings::default()).rules.iter().any(|rule| rule.name == "omission"));
}
