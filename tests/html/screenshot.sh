#!/usr/bin/env bash
# Takes pictures of `--format html` in headless Chromium: light, dark, narrow. Not part of the test suite.
#
#   tests/html/screenshot.sh [SITE] [FOLDER]     SITE: fixtures/site; FOLDER, for the pictures: target/html
set -euo pipefail
cd "$(dirname "$0")/../.."

site=${1:-fixtures/site}
folder=${2:-target/html}
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
    echo "no Chromium here: apt-get install chromium" >&2
    exit 1
}
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
mkdir -p "$folder"

postlint=${POSTLINT:-target/release/postlint}
page=$folder/page.html
"$postlint" --format html --fail-on never "$site" >"$page"

# shoot NAME WIDTH,HEIGHT [OPTION…]
shoot() {
    local name=$1 size=$2
    shift 2
    "$browser" --headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync \
        --no-first-run --user-data-dir="$profile" --hide-scrollbars --window-size="$size" "$@" \
        --screenshot="$folder/$name.png" "file://$(realpath "$page")" 2>/dev/null
    [ -s "$folder/$name.png" ] || { echo "no picture: $name" >&2; exit 1; }
    echo "$folder/$name.png"
}
shoot light 1360,1600
shoot dark 1360,1600 --blink-settings=preferredColorScheme=0
shoot narrow 500,1400
