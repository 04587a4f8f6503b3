package io.gatecast.core.kernel;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of matrices in float on the JDK's Vector API.
 *
 * <p>The right factor lies in panels of two vectors' width, in the order in which it is read; a
 * panel stays in the first cache while all rows pass by. Four rows by two vectors of sums are held
 * in registers, and the loop takes two steps at once: of the shapes tried (see {@code
 * benchmarks/NOTES.md}) C2 makes the best code of this one. Every sum is taken in the same order,
 * whatever the number of rows: a row's result does not depend on its company.
 */
final class VectorProducts {
  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final int LANE = LANES.length();

  /** Columns of a panel. */
  static final int PANEL = 2 * LANE;

  private static final int ROWS = 4;

  private VectorProducts() {}

  /** {@link Arithmetic#multiply}. */
  static void multiply(
      boolean add,
      float[] a,
      int aAt,
      int aStride,
      int rows,
      PackedMatrix b,
      PackedMatrix.Part part,
      float[] c,
      int cAt,
      int cStride) {
    int k = part.rows();
    int blocks = rows / ROWS * ROWS;
    for (int p = part.fromColumn(); p < part.toColumn(); p += PANEL) {
      int panel = b.at(part.fromRow(), p);
      for (int r = 0; r < blocks; r += ROWS) {
        int from = aAt + part.fromRow() + r * aStride;
        fourRows(add, a, from, aStride, k, b.values, panel, c, cAt + r * cStride + p, cStride);
      }
    }
    for (int r = blocks; r < rows; r++) {
      int from = aAt + part.fromRow() + r * aStride;
      int to = cAt + r * cStride;
      int p = part.fromColumn();
      for (; p + 2 * PANEL <= part.toColumn(); p += 2 * PANEL) {
        int panel = b.at(part.fromRow(), p);
        twoPanels(add, a, from, k, b.values, panel, panel + b.depth * PANEL, c, to + p);
      }
      if (p < part.toColumn()) {
        onePanel(add, a, from, k, b.values, b.at(part.fromRow(), p), c, to + p);
      }
    }
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(LANES, array, at);
  }

  private static FloatVector each(float value) {
    return FloatVector.broadcast(LANES, value);
  }

  private static FloatVector start(boolean add, float[] c, int at) {
    return add ? load(c, at) : FloatVector.zero(LANES);
  }

  private static void fourRows(
      boolean add,
      float[] a,
      int a0,
      int aStride,
      int k,
      float[] b,
      int panel,
      float[] c,
      int c0,
      int cStride) {
    int a1 = a0 + aStride;
    int a2 = a1 + aStride;
    int a3 = a2 + aStride;
    int c1 = c0 + cStride;
    int c2 = c1 + cStride;
    int c3 = c2 + cStride;
    FloatVector s00 = start(add, c, c0);
    FloatVector s01 = start(add, c, c0 + LANE);
    FloatVector s10 = start(add, c, c1);
    FloatVector s11 = start(add, c, c1 + LANE);
    FloatVector s20 = start(add, c, c2);
    FloatVector s21 = start(add, c, c2 + LANE);
    FloatVector s30 = start(add, c, c3);
    FloatVector s31 = start(add, c, c3 + LANE);
    for (int i = 0; i < k; i += 2) {
      int at = panel + i * PANEL;
      FloatVector b0 = load(b, at);
      FloatVector b1 = load(b, at + LANE);
      FloatVector x = each(a[a0 + i]);
      s00 = x.fma(b0, s00);
      s01 = x.fma(b1, s01);
      x = each(a[a1 + i]);
      s10 = x.fma(b0, s10);
      s11 = x.fma(b1, s11);
      x = each(a[a2 + i]);
      s20 = x.fma(b0, s20);
      s21 = x.fma(b1, s21);
      x = each(a[a3 + i]);
      s30 = x.fma(b0, s30);
      s31 = x.fma(b1, s31);
      b0 = load(b, at + PANEL);
      b1 = load(b, at + PANEL + LANE);
      x = each(a[a0 + i + 1]);
      s00 = x.fma(b0, s00);
      s01 = x.fma(b1, s01);
      x = each(a[a1 + i + 1]);
      s10 = x.fma(b0, s10);
      s11 = x.fma(b1, s11);
      x = each(a[a2 + i + 1]);
      s20 = x.fma(b0, s20);
      s21 = x.fma(b1, s21);
      x = each(a[a3 + i + 1]);
      s30 = x.fma(b0, s30);
      s31 = x.fma(b1, s31);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANE);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + LANE);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANE);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + LANE);
  }

  private static void twoPanels(
      boolean add, float[] a, int a0, int k, float[] b, int panel, int second, float[] c, int c0) {
    FloatVector s0 = start(add, c, c0);
    FloatVector s1 = start(add, c, c0 + LANE);
    FloatVector s2 = start(add, c, c0 + PANEL);
    FloatVector s3 = start(add, c, c0 + PANEL + LANE);
    for (int i = 0; i < k; i += 2) {
      int at = i * PANEL;
      FloatVector x = each(a[a0 + i]);
      s0 = x.fma(load(b, panel + at), s0);
      s1 = x.fma(load(b, panel + at + LANE), s1);
      s2 = x.fma(load(b, second + at), s2);
      s3 = x.fma(load(b, second + at + LANE), s3);
      x = each(a[a0 + i + 1]);
      s0 = x.fma(load(b, panel + at + PANEL), s0);
      s1 = x.fma(load(b, panel + at + PANEL + LANE), s1);
      s2 = x.fma(load(b, second + at + PANEL), s2);
      s3 = x.fma(load(b, second + at + PANEL + LANE), s3);
    }
    s0.intoArray(c, c0);
    s1.intoArray(c, c0 + LANE);
    s2.intoArray(c, c0 + PANEL);
    s3.intoArray(c, c0 + PANEL + LANE);
  }

  private static void onePanel(
      boolean add, float[] a, int a0, int k, float[] b, int panel, float[] c, int c0) {
    FloatVector s0 = start(add, c, c0);
    FloatVector s1 = start(add, c, c0 + LANE);
    for (int i = 0; i < k; i++) {
      int at = panel + i * PANEL;
      FloatVector x = each(a[a0 + i]);
      s0 = x.fma(load(b, at), s0);
      s1 = x.fma(load(b, at + LANE), s1);
    }
    s0.intoArray(c, c0);
    s1.intoArray(c, c0 + LANE);
  }

  /** {@link Arithmetic#scratch}: a panel of D, and A turned. */
  static int scratch(int aColumns, int rows) {
    return evenRows(rows) * (PANEL + aColumns);
  }

  private static int evenRows(int rows) {
    return rows + rows % 2;
  }

  /** {@link Arithmetic#addTransposedProduct}. */
  static void addTransposedProduct(
      float[] a,
      int aAt,
      int aStride,
      float[] d,
      int dAt,
      int dStride,
      int rows,
      List<PackedMatrix.Part> parts,
      float[] scratch,
      float[] c,
      int cColumns) {
    int depth = evenRows(rows);
    int turned = depth * PANEL;
    int aColumns = 0;
    for (PackedMatrix.Part part : parts) {
      aColumns = Math.max(aColumns, part.toRow());
    }
    turn(a, aAt, aStride, aColumns, rows, depth, scratch, turned);
    Arrays.fill(scratch, rows * PANEL, turned, 0);
    for (PackedMatrix.Part part : parts) {
      for (int p = part.fromColumn(); p < part.toColumn(); p += PANEL) {
        for (int r = 0; r < rows; r++) {
          int from = dAt + r * dStride + p;
          load(d, from).intoArray(scratch, r * PANEL);
          load(d, from + LANE).intoArray(scratch, r * PANEL + LANE);
        }
        for (int i = part.fromRow(); i < part.toRow(); i += ROWS) {
          int from = turned + i * depth;
          fourRows(true, scratch, from, depth, depth, scratch, 0, c, i * cColumns + p, cColumns);
        }
      }
    }
  }

  /** A turned, {@code [columns][depth]}; a row that is there to make them even is zero. */
  private static void turn(
      float[] a, int aAt, int aStride, int columns, int rows, int depth, float[] scratch, int to) {
    for (int i = 0; i < columns; i += ROWS) {
      int t0 = to + i * depth;
      int t1 = t0 + depth;
      int t2 = t1 + depth;
      int t3 = t2 + depth;
      for (int r = 0; r < rows; r++) {
        int from = aAt + r * aStride + i;
        scratch[t0 + r] = a[from];
        scratch[t1 + r] = a[from + 1];
        scratch[t2 + r] = a[from + 2];
        scratch[t3 + r] = a[from + 3];
      }
      for (int r = rows; r < depth; r++) {
        scratch[t0 + r] = 0;
        scratch[t1 + r] = 0;
        scratch[t2 + r] = 0;
        scratch[t3 + r] = 0;
      }
    }
  }
}
