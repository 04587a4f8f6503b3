package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Proves on random columns with gaps what every derivation promises. */
class DerivationLawsTest {
  private static final int STEPS = 50;
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

  @Provide
  Arbitrary<Derivation> derivations() {
    return Arbitraries.of(
        new Wind("speed", "direction"),
        new OneHot("sky", NAMES),
        new Presence("level"),
        new RollingVolatility.Parkinson("high", "low", 1),
        new RollingVolatility.Parkinson("high", "low", 7),
        new RollingVolatility.GarmanKlass("open", "high", "low", "close", 5));
  }

  /** Whole numbers from 1 to 4, as good as speeds, angles, codes and prices; some absent. */
  private static double[][] columns(Derivation derivation, long seed) {
    Random random = new Random(seed);
    double[][] columns = new double[derivation.inputs().size()][STEPS];
    for (double[] column : columns) {
      Arrays.setAll(column, t -> random.nextInt(20) == 0 ? Double.NaN : 1 + random.nextInt(4));
    }
    columns[0][0] = 1;
    return columns;
  }

  private static double[][] slice(double[][] columns, int from, int to) {
    return Arrays.stream(columns)
        .map(column -> Arrays.copyOfRange(column, from, to))
        .toArray(double[][]::new);
  }

  @Property
  void nothingAfterAStepChangesItsValues(
      @ForAll("derivations") Derivation derivation,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = STEPS) int known) {
    double[][] columns = columns(derivation, seed);
    FittedDerivation fitted = derivation.fit(slice(columns, 0, known));
    double[][] changed = columns(derivation, seed + 1);
    for (int i = 0; i < columns.length; i++) {
      System.arraycopy(columns[i], 0, changed[i], 0, known);
    }
    assertArrayEquals(
        slice(fitted.apply(columns), 0, known), slice(fitted.apply(changed), 0, known));
    assertEquals(fitted.outputs().size(), fitted.apply(columns).length);
  }

  @Property
  void nothingBeforeItsMemoryChangesAValue(
      @ForAll("derivations") Derivation derivation,
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = STEPS - 1) int from) {
    double[][] columns = columns(derivation, seed);
    FittedDerivation fitted = derivation.fit(columns);
    int honest = Math.min(STEPS - from, fitted.memory());
    assertArrayEquals(
        slice(fitted.apply(columns), from + honest, STEPS),
        slice(fitted.apply(slice(columns, from, STEPS)), honest, STEPS - from));
  }

  @Property
  void whatWasLearnedComesBackFromJson(
      @ForAll("derivations") Derivation derivation, @ForAll long seed)
      throws JsonProcessingException {
    double[][] columns = columns(derivation, seed);
    FittedDerivation fitted = derivation.fit(slice(columns, 0, 20));
    JsonMapper mapper = new JsonMapper();
    String text = mapper.writeValueAsString(TransformJson.write(fitted));
    FittedDerivation read = TransformJson.readDerivation(mapper.readTree(text));
    FittedDerivation again = read instanceof FittedOneHot hot ? hot.reading(NAMES) : read;
    assertEquals(fitted, again);
    assertArrayEquals(fitted.apply(columns), again.apply(columns));
  }
}
