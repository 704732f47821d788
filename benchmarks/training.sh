#!/bin/sh
# Measures whole training attempts, from reading the data to the measured artifact.
# Usage: benchmarks/training.sh [ROUNDS]
set -eu
. "$(dirname "$0")/classpath"
exec "$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  dev.plumbline.benchmarks.training.TrainingBenchmark "$@"
