#!/usr/bin/env bash
# The hooks, with the real pre-commit on a real repository: installed from the mirror with a wheel that is built here, they
# block a bad commit, pass a good one, repair, and lose nothing that is not staged.
#   pip install pre-commit maturin && tests/pre-commit.sh
# With FULL=1 the hooks are also installed from this repository, which builds the program from its sources.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
for program in pre-commit maturin cargo git pip; do
    command -v "$program" >/dev/null || { echo "$program is missing: pip install pre-commit maturin" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PRE_COMMIT_HOME=$work/cache GIT_CONFIG_GLOBAL=$work/gitconfig GIT_CONFIG_SYSTEM=/dev/null
git config --file "$work/gitconfig" user.name Ines
git config --file "$work/gitconfig" user.email ines@example.org
git config --file "$work/gitconfig" init.defaultBranch main
git config --file "$work/gitconfig" protocol.file.allow always

passed() { echo "ok: $1"; }
fail() { echo "FAILED: $1" >&2; [[ -f $work/log ]] && cat "$work/log" >&2; exit 1; }
commits() { git rev-list --count HEAD; }
commit() { git commit --message "$1" >"$work/log" 2>&1; }
said() { grep -qF -- "$1" "$work/log" || fail "nobody said: $1"; }

echo "building the wheel ..."
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$root/Cargo.toml" | head -1)
(cd "$root" && maturin build --locked --out "$work/wheels" ${RELEASE:+--release} >"$work/log" 2>&1) || fail "the wheel is not built"
pip download --quiet --dest "$work/wheels" setuptools wheel
# nothing else can be installed: the postlint that runs is this one
export PIP_FIND_LINKS=$work/wheels PIP_NO_INDEX=1

"$root/.github/mirror.sh" "$version" "$work/mirror"
[[ $(cd "$work/mirror" && find . -type f | wc -l) == 3 ]] || fail "the mirror has three files"
(cd "$work/mirror" && git init --quiet && git add --all && git commit --quiet --message "postlint $version" && git tag "v$version")
passed "the mirror is made"

blog=$work/blog
mkdir -p "$blog/_posts/old" "$blog/_drafts" "$blog/_guides" "$blog/_includes" "$blog/img"
cd "$blog"
git init --quiet
cat > _config.yml <<'YAML'
title: Tides
collections:
  guides: {output: true}
YAML
printf 'exclude: ["_posts/old/**"]\n' > .postlint.yml
cat > .pre-commit-config.yaml <<YAML
repos:
  - repo: $work/mirror
    rev: v$version
    hooks:
      - id: postlint-fix
      - id: postlint
YAML
post() { printf -- '---\nlayout: post\ntitle: %s\n---\n\n%s\n' "$1" "$2"; }
echo picture > img/map.png
post Ebb "Low water." > _posts/2024-01-01-ebb.md
git add --all
git commit --quiet --message "first"
pre-commit install >"$work/log" 2>&1 || fail "pre-commit is not installed"

post Flood "![A map](/img/mop.png)" > _posts/2024-02-01-flood.md
git add --all
if commit "bad"; then fail "a picture that is not there was committed"; fi
said "images/broken-path"
passed "a bad commit is blocked, by what the site knows"

post Flood "![A map](/img/map.png)" > _posts/2024-02-01-flood.md
git add --all
commit "good" || fail "a good commit was blocked"
passed "a good commit passes"

post Neap "It was was low." > _posts/2024-03-01-neap.md
git add --all
if commit "to be repaired"; then fail "a mistake was committed"; fi
said "files were modified by this hook"
grep -q "It was low." _posts/2024-03-01-neap.md || fail "nothing was repaired"
git add --all
commit "repaired" || fail "the repaired post was blocked"
passed "a mistake is repaired, and passes when it is staged again"

post Ebb "Low water, seen." > _posts/2024-01-01-ebb.md
git add --all
post Ebb "Low water, seen. We had to proof it." > _posts/2024-01-01-ebb.md
commit "a part" || fail "what is not staged was linted"
grep -q "We had to proof it." _posts/2024-01-01-ebb.md || fail "what was not staged is lost"
git diff --quiet HEAD -- _posts/2024-01-01-ebb.md && fail "what was not staged was committed"
git checkout --quiet _posts/2024-01-01-ebb.md
passed "what is not staged is neither linted nor lost"

for file in _posts/old/2014-01-01-old.md _includes/part.md; do post Old "We had to proof it." > "$file"; done
git add --all
commit "excluded" || fail "what is excluded, or no document, was linted"
passed "files that the configuration excludes, and includes, are left alone"

for file in _drafts/idea.md _guides/tide.md "_posts/2024-04-01-ü b.md"; do
    post Idea "We had to proof it." > "$file"
    git add --all
    if commit "bad"; then fail "$file was not linted"; fi
    said "1 finding repaired in 1 file"
    git rm --quiet --force "$file"
done
passed "drafts, documents of collections and odd names are linted"

git rm --quiet _posts/2024-03-01-neap.md
commit "deleted" || fail "a deleted post was looked for"
passed "a deleted post is no trouble"
pre-commit run --all-files >"$work/log" 2>&1 || fail "the whole blog does not pass"
passed "all files pass"

if [[ ${FULL:-} ]]; then
    unset PIP_NO_INDEX PIP_FIND_LINKS
    git -C "$root" diff --quiet HEAD || fail "commit first: pre-commit clones this repository"
    sed -i "s|repo: .*|repo: $root|; s|rev: .*|rev: $(git -C "$root" rev-parse HEAD)|" .pre-commit-config.yaml
    pre-commit run --all-files >"$work/log" 2>&1 || fail "the hooks cannot be built from source"
    passed "the hooks are built from source"
fi
