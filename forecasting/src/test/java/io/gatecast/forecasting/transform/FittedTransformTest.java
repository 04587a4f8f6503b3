package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.ContractSpec;
import io.gatecast.forecasting.data.Dataset;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.SourceSpec;
import io.gatecast.forecasting.data.TimeSeries;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proves that transforms learn from the train part alone and say where they cannot exist. */
class FittedTransformTest {
  private static double[][] columns(long seed) {
    return Fixtures.withGaps(
        new double[][] {Fixtures.walk(seed, 120), Fixtures.walk(seed + 100, 120)}, 0.05, seed);
  }

  @ParameterizedTest
  @EnumSource
  void nothingAfterTheTrainPartChangesWhatIsLearned(ValueTransform transform) {
    for (long seed = 0; seed < 10; seed++) {
      double[][] values = columns(seed);
      int trainEnd = 40 + (int) seed * 7;
      FittedTransform before =
          FittedTransform.fit(Fixtures.daily("s", 0, values), transform, trainEnd);
      TimeSeries changed = Fixtures.daily("s", 0, Fixtures.changedAfter(values, trainEnd, seed));
      assertEquals(before, FittedTransform.fit(changed, transform, trainEnd));
      assertNotEquals(
          before,
          FittedTransform.fit(changed, transform, trainEnd + 30L),
          "a later end would have seen the change");
    }
  }

  @ParameterizedTest
  @EnumSource
  void learnsWhatANaiveStandardiserLearnsOfTheTrainPart(ValueTransform transform) {
    double[][] values = columns(3);
    FittedTransform fitted =
        FittedTransform.fit(Fixtures.daily("s", 1000, values), transform, 1000 + 79);
    for (int column = 0; column < 2; column++) {
      double[] train = Arrays.copyOf(values[column], 80);
      assertEquals(Standardiser.fit(transform.apply(train)), fitted.columns().get(column));
    }
  }

  @ParameterizedTest
  @EnumSource
  void levelsComeBackFromStandardisedTargets(ValueTransform transform) {
    double[] values = Fixtures.walk(5, 100);
    TimeSeries series = Fixtures.daily("s", values);
    FittedTransform fitted = FittedTransform.fit(series, transform, 60);
    double[] standardised = fitted.apply(series, 0);
    float[] outputs = new float[10];
    for (int h = 0; h < outputs.length; h++) {
      double base = transform.relativeToLast() ? standardised[80] : 0;
      outputs[h] = (float) (standardised[81 + h] - base);
    }
    assertArrayEquals(Arrays.copyOfRange(values, 81, 91), fitted.levels(values[80], outputs), 1e-3);
  }

  @Test
  void aConstantTargetOrInputIsAFaultThatNamesIt() {
    double[] constant = new double[30];
    Arrays.fill(constant, 0.1);
    constant[29] = 5; // varies, but after the train part
    double[] varying = Fixtures.walk(1, 30);
    JobFault target =
        Fixtures.fault(
            ExitCode.DATA,
            () -> FittedTransform.fit(Fixtures.daily("s", constant), ValueTransform.LEVEL, 20));
    assertTrue(target.found().contains("constant target"), target::getMessage);
    assertTrue(target.where().contains("column target"), target::getMessage);
    JobFault input =
        Fixtures.fault(
            ExitCode.DATA,
            () ->
                FittedTransform.fit(
                    Fixtures.daily("s", 0, new double[][] {varying, constant}),
                    ValueTransform.LEVEL,
                    20));
    assertTrue(input.found().contains("constant input"), input::getMessage);
    assertTrue(input.where().contains("column input1"), input::getMessage);
  }

  @Test
  void steadyGrowthIsAConstantReturn() {
    double[] steady = new double[50];
    for (int t = 0; t < steady.length; t++) {
      steady[t] = 100 * Math.pow(1.01, t);
    }
    TimeSeries series = Fixtures.daily("s", steady);
    Fixtures.fault(ExitCode.DATA, () -> FittedTransform.fit(series, ValueTransform.LOG_RETURN, 40));
    assertTrue(
        FittedTransform.fit(series, ValueTransform.LEVEL, 40).columns().get(0).deviation() > 1);
  }

  @Test
  void aPriceThatIsNotPositiveHasNoLogReturn() {
    for (double price : new double[] {0, -36.98}) {
      double[] prices = Fixtures.walk(1, 40);
      prices[35] = price; // also after the train part
      TimeSeries series = Fixtures.daily("s", prices);
      JobFault fault =
          Fixtures.fault(
              ExitCode.DATA, () -> FittedTransform.fit(series, ValueTransform.LOG_RETURN, 20));
      assertEquals(String.valueOf(price), fault.found());
      assertTrue(fault.where().endsWith("at 1970-02-05"), fault::getMessage);
    }
  }

  @Test
  void theOilPriceOfApril2020HasNoLogReturn() {
    Path file = Fixtures.real("dirty/wti-daily.csv");
    SourceSpec source = new SourceSpec(file, ',', "Date", null, ZoneOffset.UTC, null);
    Dataset data = Fixtures.read(source, new ContractSpec(List.of("Price"), true, 0.01));
    TimeSeries series = data.series().get(0);
    long end = Fixtures.day("2015-12-31");
    JobFault fault =
        Fixtures.fault(
            ExitCode.DATA, () -> FittedTransform.fit(series, ValueTransform.LOG_RETURN, end));
    assertEquals("-36.98", fault.found());
    assertTrue(fault.where().contains("2020-04-20"), fault::getMessage);
    assertTrue(
        FittedTransform.fit(series, ValueTransform.LEVEL, end).columns().get(0).deviation() > 1);
  }
}
