#!/bin/sh
# Measures the control plane and `plumb validate` over a generated repository of many specs.
# Usage: benchmarks/scale.sh [SPECS]   writes flame graphs into benchmarks/target; .ci/tools kubeconform conftest
# makes the two tools that `plumb validate` is compared with, where Go is at hand
set -eu
. "$(dirname "$0")/classpath"
specs=${1:-10000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run() { "$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dplumbline.log=WARN "$@"; }
loop=dev.plumbline.benchmarks.scale.LoopMeasure

echo "# $(nproc 2>/dev/null || echo '?') processors, $("$java" -version 2>&1 | head -n 1), $specs specs, heap of 512 MiB"
echo "# the loop: step, milliseconds, milliseconds of processor"
mkdir "$work/measured"
run -Xmx512m $loop "$work/measured" "$specs"

echo "# the same with a flight recording, for the flame graph only"
mkdir "$work/recorded"
run -Xmx512m -XX:StartFlightRecording=filename="$work/loop.jfr",settings=profile,dumponexit=true \
  $loop "$work/recorded" "$specs" >/dev/null 2>&1
run dev.plumbline.benchmarks.scale.FlameGraph "$work/loop.jfr" benchmarks/target/scale-loop.svg "loop over $specs specs"

exec benchmarks/validate.sh "$specs"
