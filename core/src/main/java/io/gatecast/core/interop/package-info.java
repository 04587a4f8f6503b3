/**
 * Weights and networks in the forms that others read: safetensors, PyTorch's names and layouts, and
 * ONNX models.
 */
@NullMarked
package io.gatecast.core.interop;

import org.jspecify.annotations.NullMarked;
