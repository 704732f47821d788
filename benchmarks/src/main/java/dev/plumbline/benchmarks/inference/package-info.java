/** Inference over HTTP, measured beside a bare echo server and beside ONNX Runtime in process. */
@NullMarked
package dev.plumbline.benchmarks.inference;

import org.jspecify.annotations.NullMarked;
