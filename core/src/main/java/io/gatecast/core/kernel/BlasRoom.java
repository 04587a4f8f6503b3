package io.gatecast.core.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Memory off the heap for one operand of one thread's products, used again by each. It grows to the
 * largest operand asked for, and goes with the thread.
 */
final class BlasRoom {
  private FloatBuffer buffer = FloatBuffer.allocate(0);
  private FloatPointer pointer = new FloatPointer();

  /** Where the operand begins. */
  FloatPointer pointer() {
    return pointer;
  }

  /** Makes room for so many numbers. */
  BlasRoom of(int n) {
    if (buffer.capacity() < n) {
      buffer = // frees the memory with itself
          ByteBuffer.allocateDirect(Math.multiplyExact(n, Float.BYTES))
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      pointer = new FloatPointer(buffer);
    }
    return this;
  }

  /** Copies rows of an array in, without gaps. */
  void copyIn(float[] array, int at, int stride, int rows, int n) {
    if (n == stride) {
      buffer.put(0, array, at, rows * n);
      return;
    }
    for (int r = 0; r < rows; r++) {
      buffer.put(r * n, array, at + r * stride, n);
    }
  }

  /** Copies rows without gaps back into an array. */
  void copyOut(float[] array, int at, int stride, int rows, int n) {
    if (n == stride) {
      buffer.get(0, array, at, rows * n);
      return;
    }
    for (int r = 0; r < rows; r++) {
      buffer.get(r * n, array, at + r * stride, n);
    }
  }
}
