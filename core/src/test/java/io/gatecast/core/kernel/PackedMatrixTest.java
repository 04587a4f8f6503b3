package io.gatecast.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves that every element of a packed matrix has a place of its own, and is written there. */
class PackedMatrixTest {
  static Stream<Arithmetic> arithmetics() {
    return Stream.of(Kernels.vector(1).arithmetic(), Kernels.blas().arithmetic());
  }

  @ParameterizedTest
  @MethodSource("arithmetics")
  void elementsHavePlacesOfTheirOwnThatFillTheArray(Arithmetic arithmetic) {
    for (int columns = arithmetic.width(); columns < 100; columns += arithmetic.width()) {
      PackedMatrix matrix = arithmetic.matrix(12, columns);
      boolean[] taken = new boolean[matrix.values.length];
      assertEquals(12 * columns, taken.length);
      for (int row = 0; row < 12; row++) {
        for (int column = 0; column < columns; column++) {
          assertTrue(!taken[matrix.at(row, column)]);
          taken[matrix.at(row, column)] = true;
        }
      }
    }
  }

  /** From any column on, within a panel and across several. */
  @ParameterizedTest
  @MethodSource("arithmetics")
  void rowsAndColumnsAreWrittenWhereTheyBelongAndNothingElseIs(Arithmetic arithmetic) {
    int depth = 8;
    int columns = 4 * arithmetic.width();
    Random random = new Random(1);
    float[] source = new float[columns + 5];
    for (int i = 0; i < source.length; i++) {
      source[i] = 1 + random.nextFloat();
    }
    for (int from = 0; from < columns; from++) {
      for (int n = 0; n <= columns - from; n++) {
        PackedMatrix matrix = arithmetic.matrix(depth, columns);
        float[][] expected = new float[depth][columns];
        matrix.putRow(3, from, source, 5, n, 1);
        System.arraycopy(source, 5, expected[3], from, n);
        check(expected, matrix);
      }
    }
    for (int column = 0; column < columns; column++) {
      PackedMatrix matrix = arithmetic.matrix(depth, columns);
      float[][] expected = new float[depth][columns];
      matrix.putColumn(2, column, source, 1, 5);
      for (int i = 0; i < 5; i++) {
        expected[2 + i][column] = source[1 + i];
      }
      check(expected, matrix);
    }
  }

  private static void check(float[][] expected, PackedMatrix matrix) {
    for (int row = 0; row < expected.length; row++) {
      for (int column = 0; column < expected[row].length; column++) {
        assertEquals(expected[row][column], matrix.values[matrix.at(row, column)]);
      }
    }
  }

  /** Columns that lie side by side: what products read in one go. */
  @ParameterizedTest
  @MethodSource("arithmetics")
  void panelsLieRowByRow(Arithmetic arithmetic) {
    int columns = 3 * arithmetic.width();
    PackedMatrix matrix = arithmetic.matrix(8, columns);
    int panel = arithmetic.panel(columns);
    int[] places = new int[8 * columns];
    for (int i = 0; i < places.length; i++) {
      int inPanel = i % (8 * panel);
      places[i] = matrix.at(inPanel / panel, i / (8 * panel) * panel + inPanel % panel);
    }
    int[] expected = new int[places.length];
    Arrays.setAll(expected, i -> i);
    assertEquals(Arrays.toString(expected), Arrays.toString(places));
  }
}
