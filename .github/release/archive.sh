#!/usr/bin/env bash
# Packs the built program of a target, with its checksum beside it.
#   .github/release/archive.sh x86_64-unknown-linux-musl dist
set -euo pipefail
target=${1:?the target}
folder=${2:?the folder of the archives}
program=postlint
[[ $target == *windows* ]] && program=postlint.exe
mkdir -p "$folder"
archive=postlint-$target.tar.gz
cp LICENSE LICENSE-MIT LICENSE-APACHE README.md "target/$target/release/"
tar -czf "$folder/$archive" -C "target/$target/release" "$program" LICENSE LICENSE-MIT LICENSE-APACHE README.md
cd "$folder"
if command -v sha256sum >/dev/null; then sha256sum "$archive" > "$archive.sha256"; else shasum -a 256 "$archive" > "$archive.sha256"; fi
