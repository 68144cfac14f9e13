#!/usr/bin/env bash
# Writes the mirror repository for pre-commit: three files whose hooks depend on the released wheel.
#   .github/mirror.sh VERSION FOLDER
set -euo pipefail
version=${1:?the version of the wheel}
folder=${2:?the folder of the mirror}
here=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$folder"
# the mirror needs no Rust: its only dependency is the wheel
sed -e '/^# /d' "$here/.pre-commit-hooks.yaml" > "$folder/.pre-commit-hooks.yaml"
cat > "$folder/pyproject.toml" <<TOML
[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[project]
name = "postlint-pre-commit"
version = "$version"
requires-python = ">=3.8"
dependencies = ["postlint==$version"]

[tool.setuptools]
py-modules = []
TOML
cat > "$folder/README.md" <<MARKDOWN
# postlint for pre-commit

The hooks of postlint $version, which install its wheel and need no Rust.

\`\`\`yaml
repos:
  - repo: <the address of this repository>
    rev: v$version
    hooks:
      - id: postlint-fix
      - id: postlint
\`\`\`
MARKDOWN
