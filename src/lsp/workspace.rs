//! The sites that open texts belong to, each read once and again when its files change.

use crate::lint::Session;
use crate::lint::project::{self, Place};
use crate::lint::session::SessionError;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Folders in which nothing is of interest: what Jekyll writes, and what other tools keep.
const FOREIGN: [&str; 5] = ["_site", ".git", ".jekyll-cache", ".jekyll-metadata", "node_modules"];

/// A site, or what is left of it.
#[derive(Default)]
struct Entry {
    /// The last state that could be read.
    session: Option<Session>,
    failure: Option<SessionError>,
    stale: bool,
}

/// All sites that open texts belong to.
#[derive(Default)]
pub struct Workspace {
    sites: BTreeMap<Place, Entry>,
}

/// What there is to say of a place that was just read.
pub struct News<'w> {
    pub session: Option<&'w Session>,
    pub failure: Option<&'w SessionError>,
}

impl Workspace {
    /// The site of `file`, read when need be; `None` where it never could be.
    pub fn session(&mut self, file: &Path) -> Option<&mut Session> {
        let place = project::place_of(file);
        self.sites.get_mut(&place)?.session.as_mut()
    }

    /// Reads the site of `file` if that is to be done; what there is to say then.
    pub fn refresh(&mut self, file: &Path) -> Option<News<'_>> {
        let place = project::place_of(file);
        let entry = self.sites.entry(place.clone()).or_insert_with(|| Entry { stale: true, ..Entry::default() });
        if !std::mem::take(&mut entry.stale) {
            return None;
        }
        match Session::new(&place) {
            Ok(session) => (entry.session, entry.failure) = (Some(session), None),
            // what was read before is better than nothing
            Err(error) => entry.failure = Some(error),
        }
        Some(News { session: entry.session.as_ref(), failure: entry.failure.as_ref() })
    }

    /// The folders in which something could change that matters to a site.
    pub fn folders(&self) -> BTreeSet<PathBuf> {
        self.sites.values().filter_map(|entry| entry.session.as_ref()).flat_map(|session| session.project().folders()).collect()
    }

    /// Notes that anything may have changed.
    pub fn all_changed(&mut self) {
        self.sites.values_mut().for_each(|entry| entry.stale = true);
    }

    /// Notes that `file` was changed, made or deleted. Whether that means anything to a site.
    pub fn changed(&mut self, file: &Path) -> bool {
        let mut any = false;
        for ((root, config), entry) in &mut self.sites {
            let below = root.as_deref().and_then(|root| file.strip_prefix(root).ok());
            let in_site = below.is_some_and(|below| !below.iter().any(|part| FOREIGN.iter().any(|foreign| part == *foreign)));
            if in_site || config.as_deref() == Some(file) {
                entry.stale = true;
                any = true;
            }
        }
        any
    }
}
