package io.gatecast.forecasting.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.interop.Safetensors;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.training.Ending;
import io.gatecast.core.training.Trained;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.forecasting.model.NetworkForecaster;
import io.gatecast.forecasting.model.NetworkSettings;
import io.gatecast.forecasting.report.RunJson;
import io.gatecast.forecasting.report.RunRecord;
import io.gatecast.forecasting.window.SeriesTransforms;
import io.gatecast.forecasting.window.SeriesTransformsJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A promoted network on disk, in its run's folder: {@code model/manifest.json} with what it is, why
 * it was promoted and the SHA-256 of the other files (its own is beside it), {@code
 * model/weights-1.safetensors} (and further members of an ensemble) under canonical names, and the
 * run's {@code transforms.json}. Every read verifies the sums. No class names come from a file.
 */
public final class ModelBundle {
  /** The manifest's name in a run's folder. */
  public static final String MANIFEST = "model/manifest.json";

  private static final String SUM = MANIFEST + ".sha256";
  private static final int FORMAT = 1;

  private ModelBundle() {}

  /**
   * What a bundle says of itself.
   *
   * @param format version of this layout
   * @param name of the model in tables
   * @param run that promoted it
   * @param cell kind and variant
   * @param hidden units of a layer
   * @param layers recurrent layers
   * @param lookback steps that a forecast reads
   * @param dropout between layers, in training
   * @param loss what training minimised
   * @param strategy how it comes to several steps ahead
   * @param segments what reads and forecasts in segments; null where it reads step by step, as
   *     every network did before there were any
   * @param inputs features a step
   * @param horizon steps ahead
   * @param target column
   * @param axis step of its data, in words
   * @param calendar cycles that it reads
   * @param trainEnd last time that it learned from, days or seconds
   * @param validationEnd last time that it stopped or was calibrated by, days or seconds
   * @param seed of its first member
   * @param members their weights
   * @param transforms SHA-256 of the run's transforms
   * @param fingerprint of job, data and issued forecasts
   * @param gate why it was promoted
   * @param oracle engine against oracle
   * @param scores of all models of the run
   * @param runtime what it was trained on
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Manifest(
      int format,
      String name,
      String run,
      String cell,
      int hidden,
      int layers,
      int lookback,
      double dropout,
      String loss,
      String strategy,
      @Nullable SegmentRecord segments,
      int inputs,
      int horizon,
      String target,
      String axis,
      List<String> calendar,
      long trainEnd,
      long validationEnd,
      long seed,
      List<Member> members,
      String transforms,
      RunRecord.Fingerprint fingerprint,
      RunRecord.Gate gate,
      RunRecord.Oracle oracle,
      List<RunRecord.Model> scores,
      RunRecord.Machine runtime) {

    /** The settings of the network. */
    public NetworkSettings settings() {
      return new NetworkSettings(
          CellSpec.of(cell),
          hidden,
          layers,
          lookback,
          dropout,
          Loss.of(loss),
          NetworkSettings.Strategy.of(strategy),
          members.size(),
          Optional.ofNullable(segments).map(SegmentRecord::segments));
    }
  }

  /**
   * What surrounds the layer of a network of segments.
   *
   * @param length steps of a segment
   * @param embedding numbers that a segment becomes
   * @param normalisation of a window: {@code none}, {@code last-value} or {@code instance}
   * @param dropout of what the head reads, in training
   * @param linear last steps that a linear map reads beside the network, 0 for no such map
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record SegmentRecord(
      int length, int embedding, String normalisation, double dropout, int linear) {

    /**
     * As a manifest holds it.
     *
     * @param segments of one channel
     */
    public static SegmentRecord of(Segments segments) {
      return new SegmentRecord(
          segments.length(),
          segments.embedding(),
          NetworkSettings.label(segments.normalisation()),
          segments.dropout(),
          segments.linear());
    }

    Segments segments() {
      return new Segments(
          length, embedding, 1, NetworkSettings.normalisation(normalisation), dropout, linear);
    }
  }

  /**
   * One network's weights.
   *
   * @param file in the run's folder
   * @param sha256 of it
   * @param epochs trained
   * @param bestEpoch whose weights these are
   */
  public record Member(String file, String sha256, int epochs, int bestEpoch) {}

  /**
   * A bundle that was read.
   *
   * @param manifest what it says of itself
   * @param members its networks; whoever read it closes them
   * @param transforms of each series
   */
  public record Content(
      Manifest manifest, List<Trained> members, List<SeriesTransforms> transforms) {}

  /**
   * Writes the weights into a staged run.
   *
   * @param staged the run's folder
   * @param model its networks
   * @return the members, for the manifest
   */
  public static List<Member> writeWeights(StagedRun staged, NetworkForecaster model) {
    List<Member> members = new ArrayList<>();
    for (RecurrentNetwork network : model.networks()) {
      String file = "model/weights-" + (members.size() + 1) + ".safetensors";
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        Safetensors.of(network.weights().tensors()).write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException("memory that cannot be written", e);
      }
      staged.write(file, bytes.toByteArray());
      members.add(
          new Member(file, Sha256.of(bytes.toByteArray()), model.epochs(), model.bestEpoch()));
    }
    return members;
  }

  /**
   * Writes the manifest.
   *
   * @param staged the run's folder
   * @param manifest of format 1
   */
  public static void write(StagedRun staged, Manifest manifest) {
    byte[] text = RunJson.text(manifest).getBytes(StandardCharsets.UTF_8);
    staged.write(MANIFEST, text);
    staged.write(SUM, (Sha256.of(text) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The version of the layout that this program writes and reads. */
  public static int format() {
    return FORMAT;
  }

  /**
   * Reads a run's bundle.
   *
   * @param run its folder
   * @return its content
   * @throws IOException if a file is missing, damaged or of another format, in words for a note
   */
  public static Content read(Path run) throws IOException {
    Manifest manifest;
    byte[] text = intact(run.resolve(MANIFEST), Files.readString(run.resolve(SUM)).strip());
    try {
      manifest = RunJson.parse(new String(text, StandardCharsets.UTF_8), Manifest.class);
    } catch (IllegalArgumentException e) {
      throw new IOException(run.resolve(MANIFEST) + ": " + e.getMessage(), e);
    }
    if (manifest.format() != FORMAT) {
      throw new IOException(
          run.resolve(MANIFEST) + ": expected format " + FORMAT + ", found " + manifest.format());
    }
    String transforms =
        new String(
            intact(run.resolve(JobStore.TRANSFORMS), manifest.transforms()),
            StandardCharsets.UTF_8);
    List<Trained> members = new ArrayList<>();
    try {
      NetworkSpec spec = manifest.settings().spec(manifest.inputs(), manifest.horizon());
      for (Member member : manifest.members()) {
        Path file = run.resolve(member.file()).normalize();
        if (!file.startsWith(run)) {
          throw new IOException(member.file() + ": expected a file in " + run);
        }
        Safetensors weights =
            Safetensors.read(
                new ByteArrayInputStream(intact(file, member.sha256())), file.toString());
        members.add(
            new Trained(
                RecurrentNetwork.of(spec, NamedWeights.of(spec, weights.tensors())),
                Ending.EPOCHS,
                "read from " + file,
                member.epochs(),
                member.bestEpoch(),
                Double.NaN));
      }
      return new Content(manifest, members, SeriesTransformsJson.read(transforms));
    } catch (IOException | RuntimeException e) {
      members.forEach(member -> member.network().close());
      throw e instanceof IOException io ? io : new IOException(run + ": " + e.getMessage(), e);
    }
  }

  private static byte[] intact(Path file, String sha256) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (!Sha256.of(bytes).equals(sha256)) {
      throw new IOException(file + ": expected SHA-256 " + sha256 + ", found " + Sha256.of(bytes));
    }
    return bytes;
  }
}
