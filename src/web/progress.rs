//! How far a run is, for somebody who waits at a terminal.

use crate::report::visible::visible;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::Duration;

/// A bar on stderr; nothing where nobody looks.
pub(super) struct Progress(Option<ProgressBar>);

impl Progress {
    pub fn new(links: usize) -> Progress {
        if links == 0 || !std::io::stderr().is_terminal() {
            return Progress(None);
        }
        let bar = ProgressBar::with_draw_target(Some(links as u64), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{spinner} links {pos}/{len} {bar:24} {wide_msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress(Some(bar))
    }

    /// One link more is done.
    pub fn done(&self, host: &str) {
        if let Some(bar) = &self.0 {
            bar.set_message(visible(host).into_owned());
            bar.inc(1);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
