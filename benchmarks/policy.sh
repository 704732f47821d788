#!/bin/sh
# Measures both policy engines: the start of the embedded one, decisions a second of each, and the admission of one spec.
# Usage: benchmarks/policy.sh [ROUNDS] [SECONDS]; needs the opa of .ci/tools, or of PLUMBLINE_OPA.
set -eu
. "$(dirname "$0")/classpath"
opa=${PLUMBLINE_OPA:-${XDG_CACHE_HOME:-$HOME/.cache}/plumbline-tools/opa-1.21.3/opa}
[ -x "$opa" ] || { echo "policy.sh: there is no opa at $opa: run .ci/tools opa" >&2; exit 3; }
exec "$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  dev.plumbline.benchmarks.policy.PolicyBenchmark "$opa" "${1:-5}" "${2:-3}"
