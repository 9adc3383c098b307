//! Progress bars on a terminal, and Ctrl-C.

use duizhao::pipeline::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

static CANCELLED: OnceLock<&'static AtomicBool> = OnceLock::new();

/// A bar on standard error if that is a terminal; nothing otherwise.
pub struct Bars {
    quiet: bool,
    bar: Mutex<ProgressBar>,
}

impl Bars {
    /// Bars, unless `quiet`; from now on Ctrl-C asks the work to stop between two steps, and a second one ends it.
    pub fn new(quiet: bool) -> Self {
        let flag = CANCELLED.get_or_init(|| {
            static FLAG: AtomicBool = AtomicBool::new(false);
            // Without a handler Ctrl-C ends the program at once, which loses nothing either.
            let _ = ctrlc::set_handler(|| {
                if FLAG.swap(true, Ordering::SeqCst) {
                    std::process::abort();
                }
            });
            &FLAG
        });
        flag.store(false, Ordering::SeqCst);
        Self { quiet, bar: Mutex::new(ProgressBar::hidden()) }
    }

    fn with(&self, f: impl FnOnce(&mut ProgressBar)) {
        f(&mut self.bar.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Whether Ctrl-C was pressed since the last [`Bars`] were made.
pub fn is_cancelled() -> bool {
    CANCELLED.get().is_some_and(|flag| flag.load(Ordering::SeqCst))
}

impl Progress for Bars {
    fn begin(&self, what: &str, steps: Option<u64>) {
        tracing::info!("{what}{}", steps.map_or(String::new(), |n| format!(" ({n})")));
        if self.quiet {
            return;
        }
        let bar = match steps {
            Some(steps) => ProgressBar::new(steps),
            None => ProgressBar::new_spinner(),
        };
        // indicatif hides itself where standard error is no terminal.
        bar.set_draw_target(ProgressDrawTarget::stderr());
        let template = match steps {
            Some(_) => "{msg:>9} {bar:30} {pos}/{len} {eta}",
            None => "{spinner} {msg} {pos}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        self.with(|old| *old = bar);
    }

    fn advance(&self, steps: u64) {
        self.with(|bar| bar.inc(steps));
    }

    fn end(&self) {
        self.with(|bar| bar.finish_and_clear());
    }

    fn cancelled(&self) -> bool {
        is_cancelled()
    }
}
