package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves the JSON of transforms: its shape, every bit of its numbers, and what it refuses. */
class TransformJsonTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  private static FittedColumn column(String json) throws JsonProcessingException {
    return TransformJson.readColumn(MAPPER.readTree(json));
  }

  @Test
  void saysWhatItIs() {
    FittedColumn chain =
        new FittedChain(
            List.of(
                new FillLast(2),
                new Log(),
                new Difference(7),
                new LogReturn(),
                new FittedScaling(Scaling.MIN_MAX, -1.5, 2)));
    assertEquals(
        "{\"kind\":\"chain\",\"steps\":[{\"kind\":\"fill-last\",\"limit\":2},{\"kind\":\"log\"},"
            + "{\"kind\":\"difference\",\"lag\":7},{\"kind\":\"log-return\"},"
            + "{\"kind\":\"min-max\",\"centre\":-1.5,\"spread\":2.0}]}",
        TransformJson.write(chain).toString());
    assertEquals(
        "{\"kind\":\"one-hot\",\"column\":\"sky\",\"categories\":[\"fog\",\"sun\"]}",
        TransformJson.write(
                new FittedOneHot("sky", List.of("fog", "sun"), List.of("sun", "fog", "snow")))
            .toString());
  }

  @Property
  void everyBitOfANumberComesBack(@ForAll long bits, @ForAll long spreadBits)
      throws JsonProcessingException {
    double centre = Double.longBitsToDouble(bits);
    double spread = Math.abs(Double.longBitsToDouble(spreadBits));
    Assume.that(Double.isFinite(centre) && Double.isFinite(spread) && spread > 0);
    FittedScaling written = new FittedScaling(Scaling.ROBUST, centre, spread);
    FittedScaling read = (FittedScaling) column(TransformJson.write(written).toString());
    assertEquals(Double.doubleToRawLongBits(centre), Double.doubleToRawLongBits(read.centre()));
    assertEquals(Double.doubleToRawLongBits(spread), Double.doubleToRawLongBits(read.spread()));
  }

  @Test
  void aWholeNumberIsANumberToo() throws JsonProcessingException {
    assertEquals(
        new FittedScaling(Scaling.STANDARDISE, 3, 1),
        column("{\"kind\": \"standardise\", \"centre\": 3, \"spread\": 1}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "[]|expected a JSON object, found [] (transform)",
        "{}|expected the field \"kind\", found none (transform)",
        "{\"kind\":7}|expected a text, found 7 (transform.kind)",
        "{\"kind\":\"logs\"}|expected a known kind, found \"logs\" (transform.kind: did you mean",
        "{\"kind\":\"log\",\"base\":2}|found \"base\" (transform",
        "{\"kind\":\"robust\",\"centre\":1}|expected the field \"spread\", found none",
        "{\"kind\":\"robust\",\"centre\":\"NaN\",\"spread\":1}|expected a finite number, found"
            + " \"NaN\" (transform.centre)",
        "{\"kind\":\"robust\",\"centre\":1e999,\"spread\":1}|expected a finite number",
        "{\"kind\":\"robust\",\"centre\":null,\"spread\":1}|found null (transform.centre)",
        "{\"kind\":\"robust\",\"centre\":1,\"spread\":0}|positive, finite spread, found 1.0 and 0.0"
            + " (transform)",
        "{\"kind\":\"difference\",\"lag\":0}|expected a lag of 1 step or more, found 0 (transform)",
        "{\"kind\":\"difference\",\"lag\":1.5}|expected a whole number, found 1.5 (transform.lag)",
        "{\"kind\":\"fill-last\",\"limit\":3000000000}|expected a whole number",
        "{\"kind\":\"chain\",\"steps\":{}}|expected an array, found {} (transform.steps)",
        "{\"kind\":\"chain\",\"steps\":[{\"kind\":\"log\"},{\"kind\":\"difference\",\"lag\":-1}]}"
            + "|found -1 (transform.steps[1])",
        "{\"kind\":\"wind\",\"speed\":\"s\",\"direction\":\"d\"}|expected a known kind",
        "{\"kind\":\"io.gatecast.forecasting.transform.Log\"}|expected a known kind"
      })
  void whatItDoesNotKnowIsRefusedAtItsPlace(String json, String message) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> column(json));
    assertTrue(refused.toString().contains(message), refused::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"kind\":\"log\"}|expected a known kind, found \"log\" (derivation.kind",
        "{\"kind\":\"wind\",\"speed\":\"s\"}|expected the field \"direction\"",
        "{\"kind\":\"wind\",\"speed\":\"s\",\"direction\":\"d\",\"x\":1}|found \"x\" (derivation",
        "{\"kind\":\"one-hot\",\"column\":\"c\",\"categories\":[\"a\",\"a\"]}|each once, found [a, a]",
        "{\"kind\":\"one-hot\",\"column\":\"c\",\"categories\":[1]}|found 1"
            + " (derivation.categories[0])",
        "{\"kind\":\"parkinson\",\"high\":\"h\",\"low\":\"l\",\"steps\":0}|expected 1 session"
      })
  void soIsADerivation(String json, String message) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> TransformJson.readDerivation(MAPPER.readTree(json)));
    assertTrue(refused.toString().contains(message), refused::toString);
  }
}
