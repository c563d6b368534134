#!/usr/bin/env bash
# A Tryton 6.0 to try Klantbrug on: Debian's packages, SQLite, loopback only. For tests and trying out, not for real data.
#   tryton.sh start   installs what is missing, makes the database, starts the server, seeds it; twice is as good as once
#   tryton.sh stop    stops the server that `start` started
#   tryton.sh reset   stops it, throws the database away, and starts again
# Environment: TRYTON_PORT (8078), TRYTON_DATA (where database and logs are), TRYTON_PASSWORD (of the user `klantbrug`).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

port=${TRYTON_PORT:-8078}
data=${TRYTON_DATA:-${TMPDIR:-/tmp}/klantbrug-tryton}
export TRYTON_PASSWORD=${TRYTON_PASSWORD:-klantbrug-Wolk-7}
export TRYTON_ADMIN_PASSWORD=${TRYTON_ADMIN_PASSWORD:-beheer-Wolk-7}

packages=(tryton-server tryton-modules-party tryton-modules-company tryton-modules-sale-opportunity python3-bcrypt curl)
modules=(party company sale_opportunity)
configuration=$data/trytond.conf
pidFile=$data/trytond.pid
url=http://127.0.0.1:$port

fail() {
  echo "tryton: $1" >&2
  exit 1
}

installed() {
  dpkg-query -W -f '${Status}\n' "$1" 2>/dev/null | grep -q 'ok installed'
}

install() {
  local missing=() package
  for package in "${packages[@]}"; do installed "$package" || missing+=("$package"); done
  [ ${#missing[@]} -eq 0 ] && return
  [ "$(id -u)" -eq 0 ] || fail "these packages are missing: ${missing[*]}"
  echo "installing ${missing[*]} (a minute or two)"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y --no-install-recommends "${missing[@]}"; } >"$data/install.log" 2>&1 ||
    fail "apt-get failed: $data/install.log"
}

configure() {
  cat >"$configuration" <<END
[web]
listen = 127.0.0.1:$port
[database]
uri = sqlite://
path = $data/db
[session]
timeout = 86400
max_age = 2592000
END
}

# In a file of another name until it is whole, so that an interrupted run leaves nothing that looks finished.
makeDatabase() {
  [ -e "$data/database-made" ] && return
  echo 'making the database (half a minute)'
  rm -rf "$data/db" "$data/seeded" && mkdir -p "$data/db" && touch "$data/db/crm.sqlite"
  (umask 077 && printf '%s\n' "$TRYTON_ADMIN_PASSWORD" >"$data/password")
  TRYTONPASSFILE=$data/password trytond-admin -c "$configuration" -d crm \
    --update "${modules[@]}" --activate-dependencies --email beheer@gemeente.example --password \
    >"$data/database.log" 2>&1 || fail "trytond-admin failed: $data/database.log"
  rm -f "$data/password"
  touch "$data/database-made"
}

running() {
  [ -s "$pidFile" ] && kill -0 "$(cat "$pidFile")" 2>/dev/null
}

answers() {
  curl -s -o /dev/null -H 'Content-Type: application/json' \
    -d '{"id":1,"method":"common.server.version","params":[]}' "$url/"
}

serve() {
  running && return
  if answers; then fail "something else already answers at $url: choose another TRYTON_PORT"; fi
  nohup trytond -c "$configuration" -d crm --pidfile "$pidFile" >"$data/server.log" 2>&1 </dev/null &
  local attempt=0
  until answers; do
    attempt=$((attempt + 1))
    [ $attempt -gt 240 ] && fail "the server does not answer: $data/server.log"
    sleep 0.5
  done
}

seed() {
  [ -e "$data/seeded" ] && return
  python3 "$here/seed.py" "$url/crm/" || fail 'seeding failed'
  touch "$data/seeded"
}

start() {
  mkdir -p "$data"
  install
  configure
  makeDatabase
  serve
  seed
  echo "Tryton: $url/crm/ (JSON-RPC, user klantbrug)"
}

stop() {
  local pid attempt=0
  running || return 0
  pid=$(cat "$pidFile")
  kill -TERM "$pid"
  while kill -0 "$pid" 2>/dev/null; do
    attempt=$((attempt + 1))
    if [ $attempt -gt 40 ]; then kill -KILL "$pid" 2>/dev/null || true; fi
    sleep 0.25
  done
  rm -f "$pidFile"
}

case ${1:-start} in
  start) start ;;
  stop) stop ;;
  reset)
    stop
    rm -rf "$data/database-made" "$data/db" "$data/seeded"
    start
    ;;
  *) fail 'start, stop or reset' ;;
esac
