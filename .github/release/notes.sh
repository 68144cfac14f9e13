#!/usr/bin/env bash
# The part of the changelog about one version.
#   .github/release/notes.sh v0.1.0
set -euo pipefail
cd "$(dirname "$0")/../.."
awk -v version="${1#v}" '/^## / { wanted = index($0, version) > 0; next } wanted' CHANGELOG.md
