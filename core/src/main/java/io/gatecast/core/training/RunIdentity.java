package io.gatecast.core.training;

import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.TrainingSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a training's result follows from, as texts that two trainings share only if they are the
 * same. The time budget is none of it: it decides when a training pauses, not where it goes.
 *
 * @param network the network's description
 * @param training the training's
 * @param initial {@code drawn}, which then follows from the training's seed, or SHA-256 of the
 *     parameters that it starts from
 * @param train SHA-256 of all windows and targets to learn from
 * @param validation SHA-256 of those that decide when to stop
 */
record RunIdentity(
    String network, String training, String initial, String train, String validation) {

  /** That of a training from drawn weights. */
  static RunIdentity of(
      NetworkSpec spec, TrainingSpec training, Samples train, Samples validation) {
    return new RunIdentity(
        spec.toString(),
        training.within(Optional.empty()).toString(),
        "drawn",
        digest(train),
        digest(validation));
  }

  /**
   * That of the same training from given weights.
   *
   * @param parameters as {@code core.weights.FlatLayout} lays them out
   */
  RunIdentity from(float[] parameters) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, parameters.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(parameters);
    String hash = HexFormat.of().formatHex(sha256().digest(bytes.array()));
    return new RunIdentity(network, training, hash, train, validation);
  }

  /** The texts by the name of their entry in a checkpoint. */
  Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("network", network);
    entries.put("training", training);
    entries.put("initial", initial);
    entries.put("train", train);
    entries.put("validation", validation);
    return entries;
  }

  private static String digest(Samples samples) {
    MessageDigest digest = sha256();
    float[] numbers = new float[samples.lookback() * samples.inputs() + samples.outputs()];
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer sizes = ByteBuffer.allocate(4 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    sizes.putInt(samples.size()).putInt(samples.lookback());
    digest.update(sizes.putInt(samples.inputs()).putInt(samples.outputs()).array());
    for (int window = 0; window < samples.size(); window++) {
      samples.input(window, numbers, 0);
      samples.target(window, numbers, numbers.length - samples.outputs());
      bytes.asFloatBuffer().put(numbers);
      digest.update(bytes.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: every Java has it", e);
    }
  }
}
