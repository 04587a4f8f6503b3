package io.gatecast.forecasting.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.Segments;
import io.gatecast.forecasting.model.NetworkSettings;
import io.gatecast.forecasting.registry.ModelBundle.Manifest;
import io.gatecast.forecasting.registry.ModelBundle.SegmentRecord;
import io.gatecast.forecasting.report.RunJson;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Proves that a manifest keeps a network of segments, and that one from before there were any is
 * read.
 */
class SegmentManifestTest {
  /** As written before networks of segments. */
  private static final String OLD =
      """
      {"format": 1, "name": "gru", "cell": "gru-before", "hidden": 9, "layers": 2, "lookback": 12,
       "dropout": 0.25, "loss": "squared", "strategy": "direct", "inputs": 3, "horizon": 4,
       "members": [{"file": "model/weights-1.safetensors", "sha256": "0"}]}
      """;

  private static final String NEW =
      OLD.replace("\"layers\": 2", "\"layers\": 1")
          .replace("\"dropout\": 0.25", "\"dropout\": 0")
          .replace("\"inputs\"", "\"segments\": SEGMENTS, \"inputs\"");

  private static Manifest read(String text) {
    return RunJson.parse(text, Manifest.class);
  }

  @Test
  void aManifestFromBeforeIsOneOfANetworkThatReadsStepByStep() {
    Manifest old = read(OLD);
    CellSpec gru = new CellSpec.Gru(CellSpec.Reset.BEFORE);
    assertEquals(new NetworkSettings(gru, 9, 2, 12, 0.25, new Loss.Squared()), old.settings());
    assertFalse(RunJson.text(old).contains("segments"), "and is written as before");
  }

  @ParameterizedTest
  @EnumSource
  void segmentsComeBackAsTheyWere(Segments.Normalisation normalisation) {
    Segments segments = new Segments(5, 8, 1, normalisation, 0.5, 12);
    String text = RunJson.text(SegmentRecord.of(segments));
    Manifest manifest = read(NEW.replace("SEGMENTS", text));
    assertEquals(Optional.of(segments), manifest.settings().segments());
    assertEquals(manifest, read(RunJson.text(manifest)));
    assertEquals(Optional.of(segments), manifest.settings().spec(3, manifest.horizon()).segments());
  }

  @Test
  void anUnknownNormalisationIsNamed() {
    String text =
        """
        {"length": 5, "embedding": 8, "normalisation": "median", "dropout": 0, "linear": 0}
        """;
    Manifest manifest = read(NEW.replace("SEGMENTS", text));
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, manifest::settings);
    assertTrue(String.valueOf(e.getMessage()).endsWith("found median"), e.getMessage());
  }
}
