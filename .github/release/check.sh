#!/usr/bin/env bash
# The tag, the version in Cargo.toml and the newest heading of the changelog are the same.
#   .github/release/check.sh v0.1.0
set -euo pipefail
cd "$(dirname "$0")/../.."
tag=${1:?the tag}
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -1)
if [[ $tag != "v$version" ]]; then
    echo "the tag is $tag, and Cargo.toml has version $version" >&2
    exit 1
fi
if ! grep -qE "^## \[?v?${version//./\\.}\]?( |$)" CHANGELOG.md; then
    echo "CHANGELOG.md has no heading for $version" >&2
    exit 1
fi
