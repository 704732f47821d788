/** The model artifact: builds the one ONNX graph from raw columns to predictions, and runs it with ONNX Runtime. */
@NullMarked
package dev.plumbline.runtime.onnx;

import org.jspecify.annotations.NullMarked;
