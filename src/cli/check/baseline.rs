//! `--write-baseline`, `--prune-baseline`, `--no-baseline`, and what a run says about the baseline.

use super::CheckArguments;
use crate::baseline::{Baseline, FILE_NAME, file};
use crate::cli::output::notice;
use crate::lint::project::Project;
use crate::lint::run::Run;
use crate::report::Trend;

/// What is left to do after the baseline had its turn.
pub enum Conclusion {
    Report,
    Nothing,
}

/// Gives the project the baseline that the run is about.
///
/// # Errors
/// A sentence: the baseline cannot be used, or a part of a site is to be one.
pub fn prepare(project: &mut Project, arguments: &CheckArguments) -> Result<(), String> {
    if (arguments.write_baseline || arguments.prune_baseline) && !(project.whole || project.site.root.is_none()) {
        return Err("a baseline is of a whole site: name the site, and none of its folders or files".to_owned());
    }
    if arguments.write_baseline {
        project.start_baseline();
        return Ok(());
    }
    if arguments.no_baseline {
        return Ok(());
    }
    project.read_baseline().map_err(|error| error.to_string())?;
    if arguments.prune_baseline && project.baseline.is_none() {
        return Err(format!("{}: there is no baseline; `--write-baseline` makes one", project.baseline_file().display()));
    }
    Ok(())
}

/// Writes the baseline, or takes out of it what was mended, or says that there is such.
///
/// # Errors
/// A sentence: it cannot be written.
pub fn conclude(project: &Project, run: &Run, arguments: &CheckArguments) -> Result<Conclusion, String> {
    let path = project.baseline_file();
    if arguments.write_baseline {
        let baseline = run.baseline();
        file::save(&baseline, &path)?;
        notice(&format!("{}: {} written; from now on only new ones are reported", path.display(), baseline.size()));
        return Ok(Conclusion::Nothing);
    }
    let Some(baseline) = &project.baseline else { return Ok(Conclusion::Report) };
    if arguments.prune_baseline {
        let pruned = baseline.pruned(run.seen());
        file::save(&pruned, &path)?;
        let gone = baseline.len() - pruned.len();
        notice(&format!("{}: {gone} taken out; left: {}", path.display(), pruned.size()));
    } else {
        say(project, baseline, run, arguments);
    }
    Ok(Conclusion::Report)
}

/// What is not reported, and what is stale.
fn say(project: &Project, baseline: &Baseline, run: &Run, arguments: &CheckArguments) {
    let Some(Trend { mended, .. }) = trend(project, run, arguments) else { return };
    let stale = match mended {
        0 => String::new(),
        gone => format!("; {gone} more in it were mended: `postlint --prune-baseline` takes them out"),
    };
    if !baseline.is_empty() {
        notice(&format!("Not reported: {} in {FILE_NAME}{stale}", baseline.pruned(run.seen()).size()));
    }
}

/// What became of the findings in the baseline: that needs all rules on all files.
pub fn trend(project: &Project, run: &Run, arguments: &CheckArguments) -> Option<Trend> {
    let complete = project.whole && arguments.select.is_empty() && arguments.ignore.is_empty();
    let baseline = project.baseline.as_ref().filter(|_| complete)?;
    let left = baseline.pruned(run.seen()).len();
    Some(Trend { left, mended: baseline.len() - left })
}
