#!/usr/bin/env bash
# The conformance run against a real Tryton, with a stand-in for the Objecten API: Debian's packages are installed when
# they are missing, the database is a new one, and nothing of it is left behind but the packages.
set -euo pipefail
cd "$(dirname "$0")/.."

TRYTON_DATA=$(mktemp -d)
# Of a database that is gone in some minutes, and listens on this machine only.
TRYTON_PASSWORD=klantbrug-Wolk-7
export TRYTON_DATA TRYTON_PASSWORD
cleanUp() {
  bash deploy/tryton/tryton.sh stop || true
  rm -rf "$TRYTON_DATA"
}
trap cleanUp EXIT

bash deploy/tryton/tryton.sh start
npx tsx .ci/conformance-sets.ts --no-stand-in tryton
