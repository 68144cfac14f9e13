#!/usr/bin/env bash
# The steps of action.yml, run as GitHub runs them for a pull request: a shallow checkout of the merge commit.
#   cargo build && tests/action.sh
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
program=${POSTLINT:-$root/target/debug/postlint}
[[ -x $program ]] || { echo "$program is missing: cargo build" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL=$work/gitconfig GIT_CONFIG_SYSTEM=/dev/null
git config --file "$work/gitconfig" user.name Ines
git config --file "$work/gitconfig" user.email ines@example.org
git config --file "$work/gitconfig" init.defaultBranch main
passed() { echo "ok: $1"; }
fail() { echo "FAILED: $1" >&2; [[ -f $work/log ]] && cat "$work/log" >&2; exit 1; }

# a release, as archive.sh packs it
target=$(uname -m)-unknown-linux-musl
mkdir -p "$work/source/target/$target/release" "$work/releases/latest"
cp "$root"/LICENSE* "$root/README.md" "$work/source/"
cp "$program" "$work/source/target/$target/release/postlint"
(cd "$work/source" && bash "$root/.github/release/archive.sh" "$target" "$work/releases/latest/download")
passed "a release is packed"

export RUNNER_TEMP=$work/runner GITHUB_PATH=$work/path RUNNER_OS=Linux POSTLINT_RELEASES=file://$work/releases
case $(uname -m) in aarch64 | arm64) export RUNNER_ARCH=ARM64 ;; *) export RUNNER_ARCH=X64 ;; esac
mkdir -p "$RUNNER_TEMP"
bash "$root/.github/action/install.sh" >"$work/log" 2>&1 || fail "it is not installed"
grep -q "^postlint " "$work/log" || fail "the installed program does not run"
PATH=$(cat "$work/path"):$PATH
passed "the released program is installed"
echo damaged >> "$work/releases/latest/download/postlint-$target.tar.gz"
if bash "$root/.github/action/install.sh" >"$work/log" 2>&1; then fail "a damaged archive was installed"; fi
passed "a damaged archive is refused"

# an old blog with an old mistake, and a pull request with a new one
post() { printf -- '---\nlayout: post\ntitle: %s\n---\n\n%s\n' "$1" "$2"; }
mkdir -p "$work/origin/docs/_posts"
cd "$work/origin"
git init --quiet
touch docs/_config.yml
post Ebb "We had to proof it." > docs/_posts/2014-01-01-ebb.md
git add --all && git commit --quiet --message first
git switch --quiet --create work
post Flood "It was was 100% high, at last." > docs/_posts/2024-01-01-flood.md
git add --all && git commit --quiet --message second
git switch --quiet main
post Tides "Another one on main." > docs/_posts/2024-01-02-main.md
git add --all && git commit --quiet --message third
git switch --quiet --create merge
git merge --quiet --no-edit work
git clone --quiet --depth=1 --branch=merge "file://$work/origin" "$work/checkout"

cd "$work/checkout"
export GITHUB_BASE_REF=main GITHUB_STEP_SUMMARY=$work/summary.md POSTLINT_CHANGED=true
code=0
bash "$root/.github/action/lint.sh" >"$work/log" 2>&1 || code=$?
[[ $code == 1 ]] || fail "the step ends with $code"
grep -qF "::warning file=docs/_posts/2024-01-01-flood.md,line=6,endLine=6,col=4,endColumn=11,title=spelling/repeated-word::" "$work/log" ||
    fail "the new mistake is not annotated"
[[ $(grep -c "^::" "$work/log") == 1 ]] || fail "there is more than the new mistake"
grep -qF "| warning | docs/_posts/2024-01-01-flood.md:6:4 | spelling/repeated-word |" "$GITHUB_STEP_SUMMARY" || fail "the summary lacks it"
passed "the new mistake, and no other, is annotated and in the summary"

POSTLINT_FAIL_ON=never bash "$root/.github/action/lint.sh" >"$work/log" 2>&1 || fail "fail-on is not heard"
POSTLINT_CHANGED=false POSTLINT_ARGUMENTS="--select spelling/confused-word" bash "$root/.github/action/lint.sh" >"$work/log" 2>&1 && fail "the whole site was not linted"
grep -q "docs/_posts/2014-01-01-ebb.md" "$work/log" || fail "the old mistake is not found in the whole site"
passed "fail-on, arguments and the whole site work"
