package io.gatecast.core.kernel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.FloatPointer;

/** A {@link PackedMatrix} with a copy off the heap, where BLAS reads it; row by row. */
final class BlasMatrix extends PackedMatrix {
  private final FloatPointer copy;
  private final Map<Part, FloatPointer> parts = new ConcurrentHashMap<>();

  BlasMatrix(Arithmetic arithmetic, int depth, int columns) {
    super(arithmetic, depth, columns);
    this.copy = new FloatPointer(Math.max(1, values.length));
  }

  @Override
  void settle() {
    if (values.length > 0) {
      copy.put(values, 0, values.length);
    }
  }

  /** Where a part begins. */
  FloatPointer from(Part part) {
    return parts.computeIfAbsent(
        part, p -> new FloatPointer(copy).position(at(p.fromRow(), p.fromColumn())));
  }

  @Override
  public void close() {
    copy.close();
  }
}
