#!/bin/sh
# Measures inference over HTTP beside a bare echo server and ONNX Runtime in process.
# Usage: benchmarks/inference.sh [ROUNDS] [MILLISECONDS]
set -eu
cd "$(dirname "$0")/.."
mvn -B -q -ntp -Dquick -Dmaven.test.skip=true -pl benchmarks -am package \
  org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath \
  -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime
CLASSPATH=benchmarks/target/classes:$(cat benchmarks/target/classpath)
export CLASSPATH
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" --enable-native-access=ALL-UNNAMED \
  dev.plumbline.benchmarks.inference.InferenceBenchmark "$@"
