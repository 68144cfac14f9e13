#!/usr/bin/env bash
# Lints what the pull request changes, or the whole site. The checkout may be as shallow as actions/checkout makes it.
set -euo pipefail
arguments=(--format github --fail-on "${POSTLINT_FAIL_ON:-warning}")
if [[ ${POSTLINT_CHANGED:-false} == true ]]; then
    arguments+=(--changed)
    base=${GITHUB_BASE_REF:-}
    if [[ -n $base && $(git rev-parse --is-shallow-repository) == true ]]; then
        # history up to where the branch parted: a commit without its parents has none in common with anything
        git fetch --quiet --no-tags --unshallow origin "+refs/heads/$base:refs/remotes/origin/$base"
    elif [[ -n $base ]] && ! git rev-parse --quiet --verify "origin/$base" >/dev/null; then
        git fetch --quiet --no-tags origin "+refs/heads/$base:refs/remotes/origin/$base"
    fi
fi
# the arguments of the workflow's author are words
read -r -a more <<< "${POSTLINT_ARGUMENTS:-}"
postlint "${arguments[@]}" ${more[@]+"${more[@]}"}
