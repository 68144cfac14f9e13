#!/usr/bin/env bash
# Puts the program into $RUNNER_TEMP/postlint and that folder on the path of the steps that follow.
set -euo pipefail
folder=${RUNNER_TEMP:?}/postlint
mkdir -p "$folder"
version=${POSTLINT_VERSION:-latest}
program=postlint
[[ ${RUNNER_OS:-Linux} == Windows ]] && program=postlint.exe

if [[ $version == build ]]; then
    cargo install --quiet --locked --path "${POSTLINT_SOURCE:?}" --root "$folder/build"
    cp "$folder/build/bin/$program" "$folder/"
else
    case ${RUNNER_OS:-Linux}-${RUNNER_ARCH:-X64} in
        Linux-X64) target=x86_64-unknown-linux-musl ;;
        Linux-ARM64) target=aarch64-unknown-linux-musl ;;
        macOS-X64) target=x86_64-apple-darwin ;;
        macOS-ARM64) target=aarch64-apple-darwin ;;
        Windows-X64) target=x86_64-pc-windows-msvc ;;
        *) echo "::error::no postlint is released for ${RUNNER_OS:-?} ${RUNNER_ARCH:-?}; use version: build" && exit 1 ;;
    esac
    # POSTLINT_RELEASES: where the releases are, for tests and copies of them
    releases=${POSTLINT_RELEASES:-${GITHUB_SERVER_URL:-https://github.com}/${POSTLINT_REPOSITORY:?}/releases}
    from=$releases/download/v$version
    [[ $version == latest ]] && from=$releases/latest/download
    archive=postlint-$target.tar.gz
    cd "$folder"
    for file in "$archive" "$archive.sha256"; do
        curl --fail --silent --show-error --location --retry 3 --output "$file" "$from/$file"
    done
    # the file holds the sum and the name
    if command -v sha256sum >/dev/null; then sha256sum --check --quiet "$archive.sha256"; else shasum -a 256 --check --quiet "$archive.sha256"; fi
    tar -xzf "$archive" "$program"
fi
"$folder/$program" --version
echo "$folder" >> "${GITHUB_PATH:?}"
