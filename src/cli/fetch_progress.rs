//! What is shown while pages are fetched: a bar a host on a terminal, or events as JSON.

use super::io;
use super::progress::is_cancelled;
use duizhao::fetch::{Event, Watcher};
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Events on standard output, one JSON object a line.
pub struct Lines;

impl Watcher for Lines {
    fn event(&self, event: &Event<'_>) {
        if let Ok(line) = serde_json::to_string(event) {
            // Whoever reads them may have gone away; the pages are wanted all the same.
            let _ = io::write(format!("{line}\n").as_bytes());
        }
    }

    fn cancelled(&self) -> bool {
        is_cancelled()
    }
}

/// Bars on standard error if that is a terminal; what went wrong is said in any case, unless `quiet`.
pub struct Show {
    quiet: bool,
    bars: MultiProgress,
    hosts: Mutex<HashMap<String, ProgressBar>>,
    all: ProgressBar,
}

impl Show {
    /// Nothing is shown before the first event.
    pub fn new(quiet: bool) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bars = MultiProgress::with_draw_target(target);
        let all = bars.add(bar("all"));
        Self { quiet, bars, hosts: Mutex::default(), all }
    }

    /// Takes the bars off the screen.
    pub fn finish(&self) {
        // The terminal may be gone.
        let _ = self.bars.clear();
    }

    /// So many addresses more; a host without a bar gets one.
    fn queue(&self, host: &str, count: u64) {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || self.bars.insert_before(&self.all, bar(host));
        hosts.entry(host.to_owned()).or_insert_with(new).inc_length(count);
        self.all.inc_length(count);
    }

    /// What a host is doing; one that only stands on the way to another has no bar.
    fn note(&self, host: &str, message: String) {
        let hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bar) = hosts.get(host) {
            bar.set_message(message);
        }
    }

    /// One address less; a host that has none left loses its bar.
    fn step(&self, host: &str) {
        self.all.inc(1);
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(bar) = hosts.get(host) else { return };
        bar.inc(1);
        if bar.length().is_some_and(|length| bar.position() >= length) {
            bar.finish_and_clear();
            self.bars.remove(bar);
            hosts.remove(host);
        }
    }

    fn say(&self, text: &str) {
        if !self.quiet {
            self.bars.suspend(|| io::tell(false, &format!("{}\n", io::visible(text))));
        }
    }
}

fn bar(name: &str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    let template = "{prefix:>24} {bar:20} {pos}/{len} {eta:>4} {wide_msg}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_prefix(io::visible(name));
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}

impl Watcher for Show {
    fn event(&self, event: &Event<'_>) {
        match event {
            Event::Queued { host, count } => self.queue(host, *count as u64),
            Event::Asking { host, url, attempt } => {
                let again = if *attempt > 1 { format!("(try {attempt}) ") } else { String::new() };
                self.note(host, format!("{again}{}", io::visible(url)));
            }
            Event::Waiting { host, seconds, why } => {
                self.note(host, format!("waits {seconds:.0} s: {}", io::visible(why)));
            }
            Event::Left { host, why } => self.say(&format!("{host} is left alone: {why}")),
            Event::Stored { host, .. } | Event::Known { host, .. } | Event::Moot { host, .. } => {
                self.step(host)
            }
            Event::Refused { host, url, reason, message, .. } => {
                self.step(host);
                if *reason != "host-left-alone" {
                    self.say(&format!("{url}: {message}"));
                }
            }
        }
    }

    fn cancelled(&self) -> bool {
        is_cancelled()
    }
}
