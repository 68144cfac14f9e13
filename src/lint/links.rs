//! Asks the web for the links of the documents that are to be linted, before the rules run.

use super::project::Project;
use super::read::{self, Content};
use super::{Selection, SiteRules};
use crate::post::Post;
use crate::rules::links::{LIVE, dead::Dead, external};
use crate::unwind::guarded;
use crate::web::{Answers, Questions, Web};
use rayon::prelude::*;
use std::collections::BTreeSet;
use url::Url;

/// The external URLs of the documents for which a rule about live links is on. `stdin` is the content of the only
/// document, instead of the file's.
///
/// # Errors
/// A sentence about options that a rule does not take.
pub fn collect(project: &Project, selection: &Selection, stdin: Option<&[u8]>) -> Result<Vec<Url>, String> {
    let Project { site, config, documents, .. } = project;
    let paths = documents.iter().map(|(document, _)| document.path.as_str());
    let rules_of = SiteRules::new(site, config, selection, paths, &[])?;
    let urls = documents.par_iter().flat_map_iter(|(document, file)| {
        let rules = rules_of.of(config, &document.path);
        if LIVE.iter().all(|rule| rules.get(rule).is_none()) {
            return Vec::new();
        }
        let content = match stdin {
            Some(bytes) => read::text(bytes.to_owned(), rules),
            None => read::file(file, rules),
        };
        let Content::Text(text) = content else { return Vec::new() };
        let urls = guarded(|| {
            let post = Post::parse(&document.path, document.kind, &text, site);
            external::places(&post).into_iter().map(|place| place.url).collect()
        });
        urls.unwrap_or_default()
    });
    Ok(urls.collect::<BTreeSet<Url>>().into_iter().collect())
}

/// Asks for `urls`, and lends the verdicts to the rules of the project.
pub fn ask(project: &Project, urls: &[Url], use_cache: bool, web: &mut Web) -> Answers {
    let dead = Dead::of(&project.config);
    let cache = project.site.root.as_deref().filter(|_| use_cache);
    let mut answers = web.ask(&Questions { urls, options: &dead.web_options(), exclude: &dead.exclude, cache });
    project.site.lend_verdicts(std::mem::take(&mut answers.verdicts));
    answers
}
