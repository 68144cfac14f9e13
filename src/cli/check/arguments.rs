//! The arguments of `postlint check`.

use crate::diagnostic::Severity;
use crate::lint::selection::Online;
use crate::report::{ColorChoice, Format};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

const NEW: &str = "Only what is new";
/// A baseline is of all that is found in a site.
const NOT_WITH_BASELINE: [&str; 8] = ["changed", "fix", "fix_only", "diff", "select", "ignore", "stdin_filename", "statistics"];

#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Sites, folders or files; without any, the site that holds the current folder
    pub(super) paths: Vec<PathBuf>,

    /// Repair what can be repaired without changing the page
    #[arg(long, help_heading = "Repair")]
    pub(super) fix: bool,
    /// Repair, and say nothing of what is left; exit with 0
    #[arg(long, help_heading = "Repair")]
    pub(super) fix_only: bool,
    /// Print what --fix would do, and write nothing
    #[arg(long, conflicts_with_all = ["fix", "fix_only"], help_heading = "Repair")]
    pub(super) diff: bool,
    /// Let --fix, --fix-only and --diff apply unsafe fixes too
    #[arg(long, help_heading = "Repair")]
    pub(super) unsafe_fixes: bool,

    /// Run exactly these rules or groups
    #[arg(long, value_name = "RULES", value_delimiter = ',', help_heading = "Rules")]
    pub(super) select: Vec<String>,
    /// Leave these rules or groups out
    #[arg(long, value_name = "RULES", value_delimiter = ',', help_heading = "Rules")]
    pub(super) ignore: Vec<String>,
    /// Use this file instead of .postlint.yml
    #[arg(long, value_name = "FILE", help_heading = "Rules")]
    pub(super) config: Option<PathBuf>,

    /// Report only what changed since REF; without it, since the branch parted from the main branch
    #[arg(long, value_name = "REF", num_args = 0..=1, require_equals = true, help_heading = NEW)]
    pub(super) changed: Option<Option<String>>,
    /// With --changed: a new post must not be dated more than DAYS days back
    #[arg(long, value_name = "DAYS", requires = "changed", help_heading = NEW)]
    pub(super) max_age: Option<u32>,

    /// Use these files instead of the site's `_config.yml`, the later ones over the earlier
    #[arg(long, value_name = "FILES", value_delimiter = ',', help_heading = "Rules")]
    pub(super) site_config: Vec<PathBuf>,
    /// Write what is found now to .postlint-baseline.json, so that only what is new is reported
    #[arg(long, conflicts_with_all = NOT_WITH_BASELINE, help_heading = NEW)]
    pub(super) write_baseline: bool,
    /// Take out of the baseline what was mended
    #[arg(long, conflicts_with_all = NOT_WITH_BASELINE, conflicts_with_all = ["write_baseline", "no_baseline"], help_heading = NEW)]
    pub(super) prune_baseline: bool,
    /// Report what the baseline knows, too
    #[arg(long, help_heading = NEW)]
    pub(super) no_baseline: bool,

    /// Ask the web for the posts' links: which are dead, which have moved
    #[arg(long, help_heading = "Links")]
    pub(super) online: bool,
    /// Never ask the web, whatever the configuration says
    #[arg(long, help_heading = "Links")]
    pub(super) offline: bool,
    /// Ask for all links anew
    #[arg(long, help_heading = "Links")]
    pub(super) no_cache: bool,

    /// How findings are written
    #[arg(
        long,
        value_enum,
        default_value_t,
        hide_possible_values = true,
        value_name = "pretty|concise|json|html|github|sarif|…",
        help_heading = "Report"
    )]
    pub(super) format: Format,
    /// Count the findings by rule instead
    #[arg(long, conflicts_with = "format", help_heading = "Report")]
    pub(super) statistics: bool,
    /// Show every finding, not five of a rule in a file
    #[arg(long, help_heading = "Report")]
    pub(super) all: bool,
    /// Exit with 1 from this severity on
    #[arg(
        long,
        value_enum,
        default_value_t,
        hide_possible_values = true,
        value_name = "info|warning|error|never",
        help_heading = "Report"
    )]
    pub(super) fail_on: FailOn,
    /// Use colours
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "auto|always|never", help_heading = "Report")]
    pub(super) color: ColorChoice,

    /// Leave files out that are named here and that the configuration does not include, or excludes
    #[arg(long, help_heading = "Run")]
    pub(super) force_exclude: bool,
    /// Lint standard input as the post of this name; with --fix, print it repaired
    #[arg(long, value_name = "FILE", conflicts_with = "paths", help_heading = "Run")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Go on, and lint again what changes
    #[arg(
        long,
        conflicts_with_all = ["fix", "fix_only", "diff", "stdin_filename", "statistics", "fail_on", "online", "write_baseline", "prune_baseline"],
        help_heading = "Run"
    )]
    pub(super) watch: bool,
    /// How many threads to use; without it, one for each processor
    #[arg(short, long, value_name = "N", help_heading = "Run")]
    pub(super) jobs: Option<std::num::NonZeroUsize>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum FailOn {
    Info,
    #[default]
    Warning,
    Error,
    Never,
}

impl CheckArguments {
    pub(super) fn online(&self) -> Online {
        match (self.offline, self.online) {
            (true, _) => Online::Never,
            (false, true) => Online::Always,
            (false, false) => Online::Configured,
        }
    }

    /// Whether files are repaired.
    pub(super) fn fixes(&self) -> bool {
        self.fix || self.fix_only
    }
}

impl FailOn {
    pub(super) fn is_reached(self, worst: Option<Severity>) -> bool {
        match self {
            FailOn::Info => worst >= Some(Severity::Info),
            FailOn::Warning => worst >= Some(Severity::Warning),
            FailOn::Error => worst >= Some(Severity::Error),
            FailOn::Never => false,
        }
    }
}
