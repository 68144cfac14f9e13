//! What a web server or a host does with paths that Jekyll knows nothing of: redirections in files of their own.

use super::Site;
use super::text_file;

/// Files in the root in which hosts look for redirections.
const FILES: [&str; 11] = [
    "_redirects",
    "netlify.toml",
    "vercel.json",
    "now.json",
    "firebase.json",
    "staticwebapp.config.json",
    ".htaccess",
    "_routes.json",
    "nginx.conf",
    "web.config",
    "wrangler.toml",
];

/// The text of such files.
#[derive(Debug, Default)]
pub(super) struct Redirections {
    text: String,
    /// One of them cannot be read or is empty.
    is_open: bool,
}

impl Redirections {
    fn read(site: &Site) -> Redirections {
        let mut redirections = Redirections::default();
        let Some(root) = site.root.as_deref() else { return redirections };
        let folders =
            if site.config.source.is_empty() { vec![root.to_owned()] } else { vec![root.to_owned(), root.join(&site.config.source)] };
        for file in folders.iter().flat_map(|folder| FILES.map(|name| folder.join(name))).filter(|file| file.exists()) {
            match text_file::read(&file) {
                Ok(text) if !text.trim().is_empty() => redirections.text.push_str(&text),
                _ => redirections.is_open = true,
            }
        }
        redirections
    }

    /// Whether a pattern or a name in the files may stand for `path`, which begins with a slash.
    fn may_lead_on(&self, path: &str) -> bool {
        let bare = path.trim_end_matches('/').trim_end_matches(".html");
        let is_named = bare.len() > 1 && self.text.contains(bare);
        // `/old/*`, `/:lang/…`, `^/old/(.*)`: only the folder can be compared
        let folder = bare.get(1..).and_then(|rest| rest.split('/').next()).filter(|folder| !folder.is_empty());
        let is_below = folder
            .is_some_and(|folder| self.text.lines().any(|line| line.contains(['*', ':', '(']) && line.contains(&format!("/{folder}/"))));
        self.is_open || is_named || is_below
    }
}

impl Site {
    /// Whether the host's own configuration may redirect `path`.
    pub(super) fn may_be_redirected(&self, path: &str) -> bool {
        self.redirections.get_or_init(|| Redirections::read(self)).may_lead_on(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_folders_count() {
        let redirections = Redirections { text: "/old /new\n/blog/* /posts/:splat\n".into(), is_open: false };
        assert!(redirections.may_lead_on("/old/"));
        assert!(redirections.may_lead_on("/blog/tides.html"));
        assert!(!redirections.may_lead_on("/tides/"));
    }
}
