#!/bin/sh
# Measures inference over HTTP beside a bare echo server and ONNX Runtime in process.
# Usage: benchmarks/inference.sh [ROUNDS] [MILLISECONDS]
set -eu
. "$(dirname "$0")/classpath"
exec "$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  dev.plumbline.benchmarks.inference.InferenceBenchmark "$@"
