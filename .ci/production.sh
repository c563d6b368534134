#!/usr/bin/env bash
# The road to production without Docker: carries out the Dockerfile in an empty folder, starts the gateway there
# with the demo configuration while its CRM is absent, asks for its health, and stops it as Docker would.
#
# Of the Dockerfile it understands one-line FROM .. AS, WORKDIR, ENV, COPY [--from=], RUN and HEALTHCHECK; it fails
# on an instruction that it does not know rather than skip a step that matters.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$(mktemp -d)
gateway=''
cleanUp() {
  if [ -n "$gateway" ]; then kill -KILL "$gateway" 2>/dev/null || true; fi
  rm -rf "$root"
}
trap cleanUp EXIT

fail() {
  echo "production: $1" >&2
  exit 1
}

# What `docker build` would be sent. Every line of .dockerignore names something at the top of the checkout.
sendContext() {
  mkdir "$root/context"
  find . -mindepth 1 -maxdepth 1 -printf '%P\n' | grep -vxFf .dockerignore | tar -c -T - | tar -x -C "$root/context"
}

stage=''
workdir=/
environment=()
health=''

startStage() { # IMAGE AS NAME
  [ "${2:-}" = AS ] || fail "a stage without a name: FROM $*"
  stage=$3 workdir=/ environment=()
  mkdir -p "$root/$stage"
}

copy() { # [--from=STAGE] SOURCE... DESTINATION
  local from="$root/context"
  if [[ $1 == --from=* ]]; then from="$root/${1#--from=}" && shift; fi
  local destination=${*: -1} sources=("${@:1:$#-1}") source
  [[ $destination != /* ]] || fail "COPY to an absolute path: $destination"
  for source in "${sources[@]}"; do
    # Of a folder, COPY takes what is in it.
    if [ -d "$from/$source" ]; then mkdir -p "$root/$stage$workdir/$destination" && source+=/.; fi
    cp -a "$from/$source" "$root/$stage$workdir/$destination" || fail "COPY $*"
  done
}

carryOut() { # INSTRUCTION ARGUMENTS
  local words
  read -ra words <<<"$2"
  case $1 in
    FROM) startStage "${words[@]}" ;;
    WORKDIR) workdir=$2 && mkdir -p "$root/$stage$workdir" ;;
    ENV) environment+=("${words[@]}") ;;
    COPY) copy "${words[@]}" ;;
    RUN) (cd "$root/$stage$workdir" && env "${environment[@]}" sh -c "$2") ;;
    HEALTHCHECK) health=${2#*CMD } ;;
    USER | EXPOSE | STOPSIGNAL | CMD) ;; # Of the container only.
    *) fail "an instruction that this script does not know: $1" ;;
  esac
}

# Runs a command that the Dockerfile writes as a JSON list.
runList() {
  node -e '
    const [program, ...rest] = JSON.parse(process.argv[1]);
    process.exit(child_process.spawnSync(program, rest, { stdio: "inherit" }).status ?? 1);
  ' "$1"
}

sendContext
while read -r instruction arguments; do
  case $instruction in '' | '#'*) continue ;; esac
  echo "> $instruction $arguments"
  carryOut "$instruction" "$arguments" </dev/null || fail "$instruction $arguments"
done <Dockerfile

[ -n "$health" ] || fail 'the Dockerfile has no HEALTHCHECK'
origin=$(grep -oE 'http://[0-9.]+:[0-9]+' <<<"$health")
if runList "$health"; then fail "something else already answers at $origin"; fi

cd "$root/$stage$workdir"
env "${environment[@]}" node dist/main.js serve --config config/demo.yaml >"$root/log" 2>&1 &
gateway=$!

attempt=0
until runList "$health"; do
  attempt=$((attempt + 1))
  if [ $attempt -gt 100 ] || ! kill -0 $gateway 2>/dev/null; then
    cat "$root/log" >&2
    fail 'the gateway did not come alive'
  fi
  sleep 0.1
done
echo "alive at $origin"

# Its CRM is absent, which it may or may not have noticed; an answer there must be.
ready=$(node -e '
  fetch(process.argv[1]).then(async (answer) => console.log(answer.status, await answer.text()));
' "$origin/health/ready")
echo "/health/ready: $ready"
[[ $ready == 200\ * || $ready == 503\ * ]] || fail 'that is neither ready nor not ready'

kill -TERM $gateway
(sleep 30 && kill -KILL $gateway) >/dev/null 2>&1 &
watchdog=$!
code=0
wait $gateway || code=$?
gateway=''
kill $watchdog 2>/dev/null || true
if [ $code -ne 0 ]; then
  cat "$root/log" >&2
  fail "exit code $code after SIGTERM"
fi
echo 'stopped by SIGTERM with exit code 0'
