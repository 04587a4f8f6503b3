package io.gatecast.forecasting.model.smoothing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves the family against R: what {@code forecast::ets} told of the series {@code oil} and {@code
 * austourists} of package {@code fpp2} (annual Saudi oil production 1965 to 2013; quarterly visitor
 * nights in Australia 1999 to 2015), and of parts of their older versions in package {@code fpp}.
 * The figures are those that statsmodels keeps for its own tests, tsa/tests/results/fit_ets.R and
 * tsa/statespace/tests/results/exponential_smoothing_params.csv (BSD-3).
 */
class EtsGoldenTest {
  private static final double[] OIL = {
    111.0091346,
    130.8284341,
    141.2870879,
    154.2277747,
    162.7408654,
    192.1664835,
    240.7997253,
    304.2173901,
    384.0045673,
    429.6621566,
    359.3169299,
    437.2518544,
    468.4007898,
    424.4353365,
    487.9794299,
    509.8284478,
    506.3472527,
    340.1842374,
    240.258921,
    219.0327876,
    172.0746632,
    252.5900922,
    221.0710774,
    276.5187735,
    271.1479517,
    342.6186005,
    428.3558357,
    442.3945534,
    432.7851482,
    437.2497186,
    437.2091599,
    445.3640981,
    453.1950104,
    454.409641,
    422.3789058,
    456.0371217,
    440.3866047,
    425.1943725,
    486.2051735,
    500.4290861,
    521.2759092,
    508.947617,
    488.8888577,
    509.870575,
    456.7229123,
    473.8166029,
    525.9508706,
    549.8338076,
    542.3404698
  };

  private static final double[] TOURISTS = {
    30.052513,
    19.148496,
    25.317692,
    27.591437,
    32.076456,
    23.487961,
    28.47594,
    35.123753,
    36.838485,
    25.007017,
    30.72223,
    28.693759,
    36.640986,
    23.824609,
    29.311683,
    31.770309,
    35.177877,
    19.775244,
    29.60175,
    34.538842,
    41.273599,
    26.655862,
    28.279859,
    35.191153,
    42.20566386,
    24.64917133,
    32.66733514,
    37.25735401,
    45.24246027,
    29.35048127,
    36.34420728,
    41.78208136,
    49.27659843,
    31.27540139,
    37.85062549,
    38.83704413,
    51.23690034,
    31.83855162,
    41.32342126,
    42.79900337,
    55.70835836,
    33.40714492,
    42.31663797,
    45.15712257,
    59.57607996,
    34.83733016,
    44.84168072,
    46.9712496,
    60.01903094,
    38.37117851,
    46.97586413,
    50.73379646,
    61.64687319,
    39.29956937,
    52.67120908,
    54.33231689,
    66.83435838,
    40.87118847,
    51.82853579,
    57.49190993,
    65.25146985,
    43.06120822,
    54.76075713,
    59.83447494,
    73.25702747,
    47.69662373,
    61.09776802,
    66.05576122
  };

  /** Older: {@code window(oil, 1996, 2007)}, {@code window(ausair, 1990, 2004)}. */
  private static final double[] OIL_1996 = {
    446.6565229,
    454.4733065,
    455.6629740,
    423.6322388,
    456.2713279,
    440.5880501,
    425.3325201,
    485.1494479,
    506.0481621,
    526.7919833,
    514.2688890,
    494.2110193
  };

  private static final double[] AIR_1990 = {
    17.553400, 21.860100, 23.886600, 26.929300, 26.888500, 28.831400, 30.075100, 30.953500,
    30.185700, 31.579700, 32.577569, 33.477398, 39.021581, 41.386432, 41.596552
  };

  /** Older: {@code window(austourists, 2005)}. */
  private static final double[] TOURISTS_2005 = {
    41.727458, 24.041850, 32.328103, 37.328708, 46.213153, 29.346326, 36.482910, 42.977719,
    48.901525, 31.180221, 37.717881, 40.420211, 51.206863, 31.887228, 40.978263, 43.772491,
    55.558567, 33.850915, 42.076383, 45.642292, 59.766780, 35.191877, 44.319737, 47.913736
  };

  /** Form; alpha, beta, gamma, phi; level, slope, seasons backwards; log L*; four forecasts. */
  private static final String[] MODELS = {
    "A N N; 0.99989996 0 0 1; 110.88321179; -285.07846207; 542.34121919 542.34121919 542.34121919 542.34121919",
    "A A N; 0.99770564 0.0001001 0 1; 21.3150686 11.71213626; -285.64745013; 554.09126495 565.79806815 577.50487134 589.21167453",
    "A Ad N; 0.99989969 0.11886985 0 0.80000197; 36.46466837 34.72584983; -284.64438385; 545.35213563 547.76044926 549.68710489 551.22843318",
    "M N N; 0.99989932 0 0 1; 108.50797841; -289.29728569; 542.34122401 542.34122401 542.34122401 542.34122401",
    "M A N; 0.9998996 0.02781619 0 1; 37.8545175 32.60926576; -293.30311473; 556.88153033 571.42031554 585.95910076 600.49788597",
    "M Ad N; 0.92024781 0.00010003 0 0.96360848; 36.95199158 35.03197857; -292.23998794; 548.73324311 554.01336256 559.10133046 564.00413949",
    "A N A; 0.54216695 0 0.39203017 1; 25.54638913 2.14912647 -0.53099835 -6.46658738 4.84845926; -204.28165362; 75.32914757 50.16726775 62.21021038 65.90296904",
    "A A A; 0.20281952 0.00016979 0.4645238 1; 23.06996036 0.57786622 1.65451693 -1.17750326 -8.97988612 8.50287244; -201.27311461; 75.34454396 50.75845291 63.05022495 67.48394643",
    "A Ad A; 0.35445427 0.03200749 0.39993387 0.97999997; 24.01278357 0.97770147 1.76951063 -0.50735902 -6.61171798 5.34956637; -200.02361522; 76.07768073 51.61741109 63.96457729 68.27886241",
    "M N A; 0.53284256 0 0.34638743 1; 25.26691208 1.93911932 -0.51991064 -5.89550741 4.47629872; -206.75768291; 75.20474689 50.31612149 62.186139 65.74530174",
    "M A A; 0.41637192 0.00010001 0.3529439 1; 25.70245461 0.44872759 2.36392064 -0.57933567 -6.84185501 5.05727004; -203.60021572; 75.69740289 51.25292515 63.34573483 67.35397685",
    "M Ad A; 0.31114284 0.04721388 0.30950232 0.8708892; 21.67128194 1.98691433 1.03750831 -1.37168288 -6.10365176 6.43782633; -204.85615892; 75.18545389 51.10898524 62.88324814 66.74862479",
    "M N M; 0.60899314 0 0.00016726 1; 29.67481548 1.03842344 0.96140206 0.76838081 1.2317937; -206.42027478; 77.78795149 48.52405046 60.7133168 65.57737638",
    "M A M; 0.31562139 0.00010001 0.00010005 1; 24.74993982 0.51242558 1.03713388 0.95960345 0.77017133 1.23309134; -195.75179425; 77.58807372 48.8558019 61.36513172 66.85524201",
    "M Ad M; 0.48397584 0.00351728 0.0001131 0.98; 23.54623801 0.7983291 1.0353059 0.96050633 0.77007856 1.2341092; -196.36297945; 78.09439198 48.93807849 61.29337201 66.33465147"
  };

  private record Golden(
      EtsForm form,
      EtsParameters parameters,
      EtsStart start,
      double logLikelihood,
      List<Double> forecasts) {

    static Golden of(String row) {
      String[] parts = row.split(";", -1);
      EtsForm form = named(parts[0].split(" ", -1));
      List<Double> p = numbers(parts[1]);
      List<Double> states = new ArrayList<>(numbers(parts[2]));
      double level = states.remove(0);
      double slope = form.trend() == EtsForm.Trend.NONE ? 0 : states.remove(0);
      // In R the last of them is that of the first step.
      Collections.reverse(states);
      return new Golden(
          form,
          new EtsParameters(p.get(0), p.get(1), p.get(2), p.get(3)),
          new EtsStart(level, slope, states),
          numbers(parts[3]).get(0),
          numbers(parts[4]));
    }

    double[] values() {
      return form.seasonal() == EtsForm.Seasonal.NONE ? OIL : TOURISTS;
    }

    double aicc() {
      return new EtsFit(form, parameters, start, 0, values().length, logLikelihood).aicc();
    }
  }

  private static EtsForm named(String[] letters) {
    EtsForm.Seasonal seasonal =
        switch (letters[2]) {
          case "N" -> EtsForm.Seasonal.NONE;
          case "A" -> EtsForm.Seasonal.ADDITIVE;
          default -> EtsForm.Seasonal.MULTIPLICATIVE;
        };
    return new EtsForm(
        letters[0].equals("A") ? EtsForm.Errors.ADDITIVE : EtsForm.Errors.MULTIPLICATIVE,
        switch (letters[1]) {
          case "N" -> EtsForm.Trend.NONE;
          case "A" -> EtsForm.Trend.ADDITIVE;
          default -> EtsForm.Trend.DAMPED;
        },
        seasonal,
        seasonal == EtsForm.Seasonal.NONE ? 1 : 4);
  }

  private static List<Double> numbers(String text) {
    return Arrays.stream(text.strip().split(" ", -1)).map(Double::valueOf).toList();
  }

  static List<String> models() {
    return List.of(MODELS);
  }

  @ParameterizedTest
  @MethodSource("models")
  void likelihoodAndForecastsAreThoseOfRGivenItsParameters(String row) {
    Golden golden = Golden.of(row);
    double deviance =
        new EtsLikelihood(golden.form(), golden.values())
            .deviance(golden.parameters(), golden.start());
    assertEquals(golden.logLikelihood(), -deviance / 2, 1e-5);
    EtsState state = new EtsState(golden.form(), golden.parameters(), golden.start());
    for (double value : golden.values()) {
      state.step(value);
    }
    double[] expected = golden.forecasts().stream().mapToDouble(Double::doubleValue).toArray();
    // R's forecasts of ETS(M,Ad,M) let the slope fade one step later, (1 + φ + …) instead of (φ +
    // …).
    boolean later = golden.form().label().equals("ETS(M,Ad,M)");
    assertArrayEquals(expected, state.forecast(4), later ? 0.03 : 2e-5);
  }

  @ParameterizedTest
  @MethodSource("models")
  void fitsAtLeastAsWellAsR(String row) {
    Golden golden = Golden.of(row);
    EtsFit fit = Ets.fit(golden.values(), golden.form());
    assertTrue(
        fit.logLikelihood() >= golden.logLikelihood() - 1e-4,
        () -> fit + ", R: " + golden.logLikelihood());
  }

  @Test
  void choosesAsRsLikelihoodsDo() {
    assertEquals(leastByR(OIL.length), Ets.choose(OIL, 4, true).form().label());
    assertEquals("ETS(A,N,N)", leastByR(OIL.length));
    assertEquals(leastByR(TOURISTS.length), Ets.choose(TOURISTS, 4, true).form().label());
    assertEquals("ETS(M,A,M)", leastByR(TOURISTS.length));
  }

  private static String leastByR(int length) {
    return Arrays.stream(MODELS)
        .map(Golden::of)
        .filter(golden -> golden.values().length == length)
        .min(Comparator.comparingDouble(Golden::aicc))
        .orElseThrow()
        .form()
        .label();
  }

  /** The parameters too, where the likelihood has one clear peak. */
  @Test
  void findsRsParameters() {
    EtsFit oil = Ets.fit(OIL_1996, named(new String[] {"A", "N", "N"}));
    assertEquals(0.892109662581714, oil.parameters().alpha(), 1e-3);
    assertEquals(447.4765151319, oil.start().level(), 0.02);
    assertEquals(-53.5944005243784, oil.logLikelihood(), 1e-6);
    EtsFit level = Ets.fit(TOURISTS_2005, named(new String[] {"A", "N", "A"}));
    assertTrue(level.logLikelihood() >= -52.5767050860172 - 1e-6, level::toString);
    EtsFit line = Ets.fit(TOURISTS_2005, named(new String[] {"A", "A", "A"}));
    assertTrue(line.logLikelihood() >= -49.1368042211119 - 1e-6, line::toString);
    EtsFit damped = Ets.fit(TOURISTS_2005, named(new String[] {"A", "Ad", "A"}));
    assertTrue(damped.logLikelihood() >= -47.4259977304878 - 1e-6, damped::toString);
    EtsFit air = Ets.fit(AIR_1990, named(new String[] {"A", "Ad", "N"}));
    assertTrue(air.logLikelihood() >= -27.409797677742 - 1e-6, air::toString);
  }
}
