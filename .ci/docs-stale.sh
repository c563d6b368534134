#!/usr/bin/env bash
# Writes the generated documents anew (npm script `docs`) and fails when that changed any of them: then they were
# stale, and now only have to be committed. Compares files, not commits, so it also works while you are editing.
set -euo pipefail
cd "$(dirname "$0")/.."

fingerprints() {
  find . \( -name node_modules -o -name .git -o -name coverage \) -prune -o -name '*.md' -print0 | sort -z | xargs -0r sha256sum
}

before=$(fingerprints)
npm run --silent --if-present docs
after=$(fingerprints)

if [ "$before" != "$after" ]; then
  echo 'Stale generated documents, now written anew (">"):'
  diff <(echo "$before") <(echo "$after") || true
  exit 1
fi
