//! Tells which files changed, in batches: an editor that saves does several things at once.

use crate::{baseline, config};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A batch ends when nothing has happened for this long…
const SILENCE: Duration = Duration::from_millis(15);
/// …or when it has lasted for this long.
const LONGEST: Duration = Duration::from_millis(60);

/// What changed at about the same time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Batch {
    /// Files and folders that were made, changed, renamed or deleted.
    pub paths: BTreeSet<PathBuf>,
    /// There was more than the system could tell: anything may have changed.
    pub is_incomplete: bool,
}

/// Watches folders, each without those in it: what nobody reads is not watched.
pub struct Watcher {
    system: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    folders: BTreeSet<PathBuf>,
}

impl Watcher {
    /// # Errors
    /// The system cannot watch files.
    pub fn new() -> notify::Result<Watcher> {
        let (sender, events) = channel();
        // who watches no more does not listen either
        let system = notify::recommended_watcher(move |event| drop(sender.send(event)))?;
        Ok(Watcher { system, events, folders: BTreeSet::new() })
    }

    /// Watches these folders, and no others.
    ///
    /// # Errors
    /// The first folder that cannot be watched, though it is there.
    pub fn watch(&mut self, folders: BTreeSet<PathBuf>) -> notify::Result<()> {
        for gone in self.folders.difference(&folders) {
            // a folder that was deleted is not watched any more
            let _ = self.system.unwatch(gone);
        }
        let mut result = Ok(());
        for folder in &folders {
            // a folder that was deleted and made again has lost its watch without a word
            if let Err(error) = self.system.watch(folder, RecursiveMode::NonRecursive)
                && folder.is_dir()
            {
                result = result.and(Err(error));
            }
        }
        self.folders = folders;
        result
    }

    /// Waits until something changes; `None` when nothing ever will.
    pub fn wait(&self) -> Option<Batch> {
        let mut batch = Batch::default();
        while batch == Batch::default() {
            batch.add(self.events.recv().ok()?);
        }
        let start = Instant::now();
        while let Ok(event) = self.events.recv_timeout(SILENCE.min(LONGEST.saturating_sub(start.elapsed()))) {
            batch.add(event);
        }
        Some(batch)
    }

    /// What changed since it was asked the last time; does not wait.
    pub fn changes(&self) -> Batch {
        let mut batch = Batch::default();
        self.events.try_iter().for_each(|event| batch.add(event));
        batch
    }
}

impl Batch {
    fn add(&mut self, event: notify::Result<Event>) {
        match event {
            Ok(event) => {
                self.is_incomplete |= event.need_rescan();
                // reading is no change
                if !matches!(event.kind, EventKind::Access(_)) {
                    self.paths.extend(event.paths.into_iter().filter(|path| !is_transient(path)));
                }
            }
            Err(_) => self.is_incomplete = true,
        }
    }
}

/// Whether a file is hidden or a copy that an editor makes while it works: no part of any site.
fn is_transient(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    (name.starts_with(['.', '#']) && !is_own(path)) || name.ends_with('~')
}

/// Whether it is a file of postlint itself, which may be new, or gone: a configuration or a baseline.
pub fn is_own(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == config::FILE_NAME || name == baseline::FILE_NAME)
}
