package io.gatecast.core.kernel;

/**
 * The right factor of a product, {@code [depth, columns]}, in the order in which an {@link
 * Arithmetic} reads it: panels of some columns, row by row within a panel. What nobody writes is
 * zero.
 */
class PackedMatrix implements AutoCloseable {
  final float[] values;
  final int depth;
  final int columns;
  private final int panel;
  private final Part whole;

  /**
   * Zeros.
   *
   * @param depth as {@link Arithmetic#depth} gives it
   * @param columns a multiple of the arithmetic's width
   */
  PackedMatrix(Arithmetic arithmetic, int depth, int columns) {
    this.depth = depth;
    this.columns = columns;
    this.panel = arithmetic.panel(columns);
    this.whole = new Part(0, columns, 0, depth);
    this.values = new float[Math.multiplyExact(depth, columns)];
  }

  /**
   * A part of a matrix that a product takes.
   *
   * @param fromColumn first column, a multiple of the arithmetic's width; so is the last
   * @param toColumn column after the last
   * @param fromRow first row, a multiple of 4; so is the last
   * @param toRow row after the last
   */
  record Part(int fromColumn, int toColumn, int fromRow, int toRow) {
    int columns() {
      return toColumn - fromColumn;
    }

    int rows() {
      return toRow - fromRow;
    }

    boolean isEmpty() {
      return rows() <= 0 || columns() <= 0;
    }
  }

  /** All of it. */
  Part whole() {
    return whole;
  }

  /** Where an element lies. */
  int at(int row, int column) {
    return column / panel * panel * depth + row * panel + column % panel;
  }

  /** Writes n numbers of a row, times a factor, from a column on. */
  void putRow(int row, int column, float[] from, int fromAt, int n, float factor) {
    int done = 0;
    while (done < n) {
      int run = Math.min(panel - (column + done) % panel, n - done);
      int to = at(row, column + done);
      for (int i = 0; i < run; i++) {
        values[to + i] = factor * from[fromAt + done + i];
      }
      done += run;
    }
  }

  /** Writes n numbers down a column, from a row on. */
  void putColumn(int row, int column, float[] from, int fromAt, int n) {
    int at = at(row, column);
    for (int i = 0; i < n; i++) {
      values[at + i * panel] = from[fromAt + i];
    }
  }

  /** What was written is complete: products may begin. */
  void settle() {}

  /** Frees what lies off the heap. */
  @Override
  public void close() {}
}
