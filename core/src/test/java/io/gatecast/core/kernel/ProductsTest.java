package io.gatecast.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that products with packed matrices are those of the textbook, in double, for any number of
 * rows and any part of a matrix, and that they write nothing else.
 */
class ProductsTest {
  /** Before and behind everything that a product may touch. */
  private static final int MARGIN = 3;

  private static final int[] ROWS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 33};

  /** Arithmetics with depths and columns, in multiples of what each may take. */
  static Stream<Arguments> sizes() {
    return Stream.of(Kernels.vector(1).arithmetic(), Kernels.blas().arithmetic())
        .flatMap(
            arithmetic ->
                Stream.of(4, 8, 20, 64)
                    .flatMap(
                        depth ->
                            IntStream.of(1, 2, 3, 5)
                                .mapToObj(
                                    columns ->
                                        Arguments.of(
                                            arithmetic, depth, columns * arithmetic.width()))));
  }

  private static List<PackedMatrix.Part> parts(Arithmetic arithmetic, int depth, int columns) {
    List<PackedMatrix.Part> parts = new ArrayList<>();
    for (int from = 0; from < columns; from += arithmetic.width()) {
      for (int to = from + arithmetic.width(); to <= columns; to += arithmetic.width()) {
        parts.add(new PackedMatrix.Part(from, to, 0, depth));
        parts.add(new PackedMatrix.Part(from, to, depth - 4, depth));
        parts.add(new PackedMatrix.Part(from, to, 0, 4));
      }
    }
    return parts;
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void productsOfPartsAreTheTextbooks(Arithmetic arithmetic, int depth, int columns) {
    Random random = new Random(1);
    float[] matrix = drawn(depth * columns, random);
    PackedMatrix packed = arithmetic.matrix(depth, columns);
    for (int i = 0; i < depth; i++) {
      packed.putRow(i, 0, matrix, i * columns, columns, 1);
    }
    packed.settle();
    int aStride = depth + 2;
    int cStride = columns + 5;
    for (int rows : ROWS) {
      float[] a = drawn(2 * MARGIN + rows * aStride, random);
      float[] before = drawn(2 * MARGIN + rows * cStride, random);
      for (PackedMatrix.Part part : parts(arithmetic, depth, columns)) {
        for (boolean add : new boolean[] {true, false}) {
          float[] c = before.clone();
          arithmetic.multiply(add, a, MARGIN, aStride, rows, packed, part, c, MARGIN, cStride);
          double[] expected = wide(before);
          for (int r = 0; r < rows; r++) {
            for (int j = part.fromColumn(); j < part.toColumn(); j++) {
              int at = MARGIN + r * cStride + j;
              double sum = add ? before[at] : 0;
              for (int i = part.fromRow(); i < part.toRow(); i++) {
                sum += (double) a[MARGIN + r * aStride + i] * matrix[i * columns + j];
              }
              expected[at] = sum;
            }
          }
          check(expected, c, before);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void transposedProductsOfPartsAreTheTextbooks(Arithmetic arithmetic, int depth, int columns) {
    Random random = new Random(2);
    int aStride = depth + 2;
    int dStride = columns + 5;
    List<PackedMatrix.Part> all = parts(arithmetic, depth, columns);
    for (int rows : ROWS) {
      float[] a = drawn(2 * MARGIN + rows * aStride, random);
      float[] d = drawn(2 * MARGIN + rows * dStride, random);
      float[] before = drawn(depth * columns, random);
      for (int n = 0; n < all.size(); n++) {
        // One part alone, and two in one call, which may overlap.
        for (List<PackedMatrix.Part> some :
            List.of(List.of(all.get(n)), List.of(all.get(n), all.get(all.size() - 1 - n)))) {
          float[] scratch = new float[arithmetic.scratch(depth, rows)];
          Arrays.fill(scratch, Float.NaN); // it holds nothing between calls
          float[] c = before.clone();
          arithmetic.addTransposedProduct(
              a, MARGIN, aStride, d, MARGIN, dStride, rows, some, scratch, c, columns);
          check(transposed(a, aStride, d, dStride, rows, some, before, columns), c, before);
        }
      }
    }
  }

  private static double[] transposed(
      float[] a,
      int aStride,
      float[] d,
      int dStride,
      int rows,
      List<PackedMatrix.Part> parts,
      float[] before,
      int columns) {
    double[] expected = wide(before);
    for (PackedMatrix.Part part : parts) {
      for (int i = part.fromRow(); i < part.toRow(); i++) {
        for (int j = part.fromColumn(); j < part.toColumn(); j++) {
          for (int r = 0; r < rows; r++) {
            expected[i * columns + j] +=
                (double) a[MARGIN + r * aStride + i] * d[MARGIN + r * dStride + j];
          }
        }
      }
    }
    return expected;
  }

  /** Whatever the other rows hold, a row's sums are taken in the same order: the same bits. */
  @ParameterizedTest
  @MethodSource("sizes")
  void vectorRowsDoNotDependOnTheirCompany(Arithmetic arithmetic, int depth, int columns) {
    Random random = new Random(3);
    PackedMatrix packed = arithmetic.matrix(depth, columns);
    for (int i = 0; i < depth; i++) {
      packed.putRow(i, 0, drawn(columns, random), 0, columns, 1);
    }
    packed.settle();
    boolean exact = arithmetic instanceof VectorArithmetic;
    float[] a = drawn(33 * depth, random);
    float[] whole = new float[33 * columns];
    arithmetic.multiply(false, a, 0, depth, 33, packed, packed.whole(), whole, 0, columns);
    for (int rows : ROWS) {
      for (int from = 0; from + rows <= 33; from++) {
        float[] c = new float[rows * columns];
        arithmetic.multiply(
            false, a, from * depth, depth, rows, packed, packed.whole(), c, 0, columns);
        for (int i = 0; i < c.length; i++) {
          float expected = whole[from * columns + i];
          assertEquals(expected, c[i], exact ? 0 : 1e-4f);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void vectorsAreAddedWhereTheyLie(Arithmetic arithmetic, int depth, int columns) {
    Random random = new Random(4);
    float[] values = drawn(columns + depth, random);
    float[] before = drawn(columns + 2 * MARGIN, random);
    float[] sum = before.clone();

    arithmetic.add(values, depth, sum, MARGIN, columns);

    for (int i = 0; i < sum.length; i++) {
      boolean added = i >= MARGIN && i < MARGIN + columns;
      assertEquals(added ? before[i] + values[depth + i - MARGIN] : before[i], sum[i]);
    }
  }

  private static float[] drawn(int n, Random random) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }

  private static double[] wide(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** What the textbook leaves as it was must be so to the bit. */
  private static void check(double[] expected, float[] found, float[] before) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], expected[i] == before[i] ? 0 : 2e-5);
    }
  }
}
