#!/usr/bin/env bash
# Measures `plumb validate` over generated files, beside kubeconform (schema alone) and conftest (policy alone).
# Usage: benchmarks/validate.sh [SPECS] [ROUNDS]
set -eu
. "$(dirname "$0")/classpath"
specs=${1:-10000}
rounds=${2:-5}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/plumbline-tools
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$java" dev.plumbline.benchmarks.scale.GeneratedFolder "$work/specs" "$specs"
./plumb version >/dev/null

# timed NAME COMMAND...: seconds of each round and, at the end, of processor (user and system) in all
timed() {
  name=$1
  shift
  echo "# $name"
  for _ in $(seq "$rounds"); do
    { time -p "$@" >"$work/out" 2>&1; } 2>&1 | tr '\n' ' ' || true
    echo
  done
}

timed "plumb validate: schema, references, rules and policy" ./plumb validate "$work/specs"
tail -n 1 "$work/out"
kubeconform=$(ls -d "$cache"/kubeconform-*/kubeconform 2>/dev/null | tail -n 1)
if [ -n "$kubeconform" ]; then
  timed "kubeconform: schema alone" "$kubeconform" -summary -ignore-filename-pattern '.*\.(csv|md)$' \
    -schema-location 'schemas/src/main/resources/dev/plumbline/schemas/v1/{{.ResourceKind}}.json' "$work/specs"
  tail -n 1 "$work/out"
fi
conftest=$(ls -d "$cache"/conftest-*/conftest 2>/dev/null | tail -n 1)
if [ -n "$conftest" ]; then
  # It judges nothing at all when one file does not parse, so the few that are broken in this way are left out.
  unparsable=$(grep -rl '^  window: \[' --include=monitoring.yaml "$work/specs" | sed "s|^$work/specs/||" | tr '\n' '|')
  timed "conftest: policy alone" "$conftest" test --no-color --parser yaml --policy benchmarks/conftest --policy policy/src/main/rego \
    --ignore "(${unparsable}\\.csv|\\.md)\$" "$work/specs"
  tail -n 1 "$work/out"
fi
