package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Proves, on random series with gaps, what every transform and chain promises: the way back, no
 * look ahead, a bounded memory, and a state that survives JSON bit for bit.
 */
class ColumnLawsTest {
  private static final List<String> POSITIVE =
      List.of(
          "log",
          "log-return",
          "[log, standardise]",
          "[log, difference, standardise]",
          "[log-return, standardise]",
          "[log-return, difference]",
          "[fill-last(3), log-return, robust]",
          "[fill-last(2), log, difference, seasonal-difference(5), min-max]");
  private static final List<String> ANY =
      List.of(
          "none",
          "standardise",
          "robust",
          "min-max",
          "difference",
          "seasonal-difference(7)",
          "fill-last(1)",
          "fill-last(3)",
          "[difference, difference]",
          "[seasonal-difference(4), min-max]",
          "[standardise, difference, robust]",
          "[fill-last(2), seasonal-difference(3), difference, standardise]");
  private static final List<String> EXACT =
      List.of(
          "none",
          "fill-last(2)",
          "difference",
          "seasonal-difference(6)",
          "[difference, seasonal-difference(3)]",
          "[fill-last(2), seasonal-difference(4), difference]");

  /**
   * A transform, a gappy series, the end of its train part, an origin and other values after it.
   */
  private static final class Case {
    final ColumnTransform transform;
    final double[] values;
    final int train;
    final int origin;
    final double[] others;

    Case(ColumnTransform transform, double[] values, int train, int origin, double[] others) {
      this.transform = transform;
      this.values = values;
      this.train = train;
      this.origin = origin;
      this.others = others;
    }

    FittedColumn fit() {
      try {
        return transform.fit(Arrays.copyOf(values, train));
      } catch (TransformFault fault) {
        Assume.that(
            fault.kind() != TransformFault.Kind.EMPTY
                && fault.kind() != TransformFault.Kind.CONSTANT);
        throw fault;
      }
    }

    /** The series with every value after the origin replaced. */
    double[] changed() {
      double[] changed = others.clone();
      System.arraycopy(values, 0, changed, 0, origin + 1);
      return changed;
    }

    double[] tail(int count) {
      return Arrays.copyOfRange(values, Math.max(0, origin + 1 - count), origin + 1);
    }

    /** The values that a way back can meet: filled where the transform fills. */
    double[] truth() {
      ColumnTransform first =
          transform instanceof Chain chain && !chain.steps().isEmpty()
              ? chain.steps().get(0)
              : transform;
      return first instanceof FillLast fill ? fill.apply(values) : values;
    }

    @Override
    public String toString() {
      return transform.label()
          + ", train "
          + train
          + ", origin "
          + origin
          + ", values "
          + Arrays.toString(values);
    }
  }

  private static Arbitrary<Case> cases(List<String> labels, Arbitrary<Double> numbers) {
    return Arbitraries.oneOf(cases(labels, numbers, 14), cases(labels, numbers, 2));
  }

  /** One value in {@code there + 1} is absent. */
  private static Arbitrary<Case> cases(List<String> labels, Arbitrary<Double> numbers, int there) {
    Arbitrary<Double> values =
        Arbitraries.frequencyOf(
            Tuple.of(there, numbers.withoutEdgeCases()), Tuple.of(1, Arbitraries.just(Double.NaN)));
    return Arbitraries.integers()
        .between(24, 70)
        .flatMap(
            length ->
                Combinators.combine(
                        Arbitraries.of(labels).map(ColumnTransform::of),
                        values.array(double[].class).ofSize(length),
                        Arbitraries.integers().between(16, length),
                        Arbitraries.integers().between(0, length - 1),
                        values.array(double[].class).ofSize(length))
                    .as(Case::new));
  }

  @Provide
  Arbitrary<Case> series() {
    return Arbitraries.oneOf(
        cases(POSITIVE, Arbitraries.doubles().ofScale(6).between(0.01, 1e6)),
        cases(ANY, Arbitraries.doubles().ofScale(6).between(-1e6, 1e6)),
        cases(ANY, Arbitraries.doubles().ofScale(6).between(280, 281)));
  }

  @Provide
  Arbitrary<Case> wholeNumbers() {
    return cases(
        EXACT, Arbitraries.integers().between(-1_000_000, 1_000_000).map(Integer::doubleValue));
  }

  @Property
  void goingBackFromAnyOriginMeetsTheValues(@ForAll("series") Case c) {
    FittedColumn fitted = c.fit();
    double[] truth = c.truth();
    double scale =
        c.transform.errorScale() == ErrorScale.MULTIPLICATIVE
            ? 0
            : Arrays.stream(truth).filter(v -> !Double.isNaN(v)).map(Math::abs).max().orElse(0);
    double[] back = back(fitted, c);
    for (int h = 0; h < back.length; h++) {
      double want = truth[c.origin + 1 + h];
      if (!Double.isNaN(back[h])) {
        assertEquals(want, back[h], 1e-9 * Math.max(scale, Math.abs(want)));
      }
    }
    requireAllWhereNothingIsAbsent(fitted, c, truth, back);
  }

  @Property
  void wholeNumbersComeBackToTheBit(@ForAll("wholeNumbers") Case c) {
    FittedColumn fitted = c.fit();
    double[] truth = c.truth();
    double[] back = back(fitted, c);
    for (int h = 0; h < back.length; h++) {
      assertTrue(Double.isNaN(back[h]) || back[h] == truth[c.origin + 1 + h]);
    }
    requireAllWhereNothingIsAbsent(fitted, c, truth, back);
  }

  private static double[] back(FittedColumn fitted, Case c) {
    double[] transformed = fitted.apply(c.values);
    return fitted.invertAt(
        c.values, c.origin, Arrays.copyOfRange(transformed, c.origin + 1, transformed.length));
  }

  private static void requireAllWhereNothingIsAbsent(
      FittedColumn fitted, Case c, double[] truth, double[] back) {
    int from = c.origin + 1 - fitted.memory();
    for (int t = Math.max(0, from); from >= 0 && t < truth.length; t++) {
      if (Double.isNaN(truth[t])) {
        return;
      }
      if (t > c.origin) {
        assertFalse(Double.isNaN(back[t - c.origin - 1]), "nothing was absent up to step " + t);
      }
    }
  }

  @Property
  void theTailOfTheHistoryIsEnough(@ForAll("series") Case c) {
    FittedColumn fitted = c.fit();
    double[] outputs = {0.1, -0.2, 0.3, 0.05, 0, -0.1, 0.2, 0.4, 0.1};
    double[] fromAll = fitted.invert(c.tail(c.values.length), outputs);
    assertArrayEquals(fromAll, fitted.invert(c.tail(fitted.memory()), outputs));
    assertArrayEquals(fromAll, fitted.invertAt(c.values, c.origin, outputs));
    assertArrayEquals(fromAll, fitted.invertAt(c.changed(), c.origin, outputs));
  }

  @Property
  void nothingAfterAStepChangesItsValue(@ForAll("series") Case c) {
    FittedColumn fitted = c.fit();
    assertArrayEquals(
        Arrays.copyOf(fitted.apply(c.values), c.origin + 1),
        Arrays.copyOf(fitted.apply(c.changed()), c.origin + 1));
  }

  @Property
  void nothingBeforeItsMemoryChangesAValue(@ForAll("series") Case c) {
    FittedColumn fitted = c.fit();
    double[] whole = fitted.apply(c.values);
    for (int from = 0; from < whole.length; from++) {
      double[] tail = fitted.apply(Arrays.copyOfRange(c.values, from, whole.length));
      for (int t = fitted.memory(); t < tail.length; t++) {
        assertEquals(whole[from + t], tail[t], "step " + t + " of a slice");
      }
    }
  }

  @Property
  void theMemoryIsNotOverstated(@ForAll("series") Case c) {
    FittedColumn fitted = c.fit();
    int memory = fitted.memory();
    double[] there = new double[40];
    for (int t = 0; t < there.length; t++) {
      there[t] = 280.25 + 0.5 * Math.sin(t * t);
    }
    int step = 30;
    int gap = step - memory + 1;
    Arrays.fill(there, gap, gap + fillLimit(c.transform), Double.NaN);
    double before = fitted.apply(there)[step];
    there[step - memory] = 280.9;
    assertTrue(before != fitted.apply(there)[step], "value " + memory + " steps back");
  }

  private static int fillLimit(ColumnTransform transform) {
    if (transform instanceof FillLast fill) {
      return fill.limit();
    }
    return transform instanceof Chain chain && !chain.steps().isEmpty()
        ? fillLimit(chain.steps().get(0))
        : 0;
  }

  @Property
  void theTrainPartAloneIsLearnedFromAndNothingIsKeptOrChanged(@ForAll("series") Case c) {
    double[] train = Arrays.copyOf(c.values, c.train);
    FittedColumn fitted = c.fit();
    assertEquals(fitted, c.transform.fit(train));
    assertArrayEquals(Arrays.copyOf(c.values, c.train), train, "fit changes no value");
    double[] values = c.values.clone();
    double[] expected = fitted.apply(values);
    assertArrayEquals(c.values, values, "apply changes no value");
    FittedColumn again = c.transform.fit(train);
    Arrays.fill(train, 1);
    assertArrayEquals(expected, again.apply(c.values), "the train part is not kept");
    expected[0] = 42;
    assertArrayEquals(c.values, values, "what is given out is nobody else's");
  }

  @Property
  void whatWasLearnedComesBackFromJson(@ForAll("series") Case c) throws JsonProcessingException {
    FittedColumn fitted = c.fit();
    JsonMapper mapper = new JsonMapper();
    String text = mapper.writeValueAsString(TransformJson.write(fitted));
    FittedColumn read = TransformJson.readColumn(mapper.readTree(text));
    assertEquals(fitted, read);
    assertArrayEquals(fitted.apply(c.values), read.apply(c.values));
  }

  @Property
  void aTransformIsReadFromItsName(@ForAll("series") Case c) {
    assertEquals(c.transform, ColumnTransform.of(c.transform.label()));
  }
}
