package io.gatecast.core.training;

import io.gatecast.core.interop.Safetensors;
import io.gatecast.core.weights.WeightTensor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that a training needs to go on as if it had never stopped: numbers and arrays, no generator's
 * state, as whatever is drawn follows from seed, epoch and step. It does no reading and writing of
 * files; that is {@link CheckpointFolder}.
 *
 * @param identity of the training
 * @param epochs that have ended
 * @param tally of the epoch after them, as far as it has come
 * @param steps made in all
 * @param bestEpoch the best epoch so far, 0 if none has ended
 * @param bestLoss its validation loss
 * @param arrays parameters, best parameters (where an epoch has ended) and the optimiser's memory
 */
record Checkpoint(
    RunIdentity identity,
    int epochs,
    EpochTally tally,
    long steps,
    int bestEpoch,
    double bestLoss,
    Map<String, float[]> arrays) {
  static final String PARAMETERS = "parameters";
  static final String BEST = "best.parameters";
  static final String OPTIMISER = "optimiser.";

  private static final String FORMAT = "format";
  private static final String FORMAT_1 = "gatecast training checkpoint 1";
  private static final String SHA_256 = "sha256";

  /** As a file's content. Doubles are written so that reading gives the same bits. */
  Safetensors encoded() {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    arrays.forEach((name, values) -> tensors.put(name, WeightTensor.of(values, values.length)));
    Map<String, String> entries = new HashMap<>(identity.entries());
    entries.put(FORMAT, FORMAT_1);
    entries.put("epochs", Integer.toString(epochs));
    entries.put("steps", Long.toString(steps));
    entries.put("best_epoch", Integer.toString(bestEpoch));
    entries.put("best_loss", Double.toString(bestLoss));
    entries.put("tally.batches", Integer.toString(tally.batches()));
    entries.put("tally.windows", Long.toString(tally.windows()));
    entries.put("tally.loss", Double.toString(tally.loss()));
    entries.put("tally.norm", Double.toString(tally.norm()));
    entries.put("tally.largest_norm", Double.toString(tally.largestNorm()));
    entries.put("tally.clipped", Integer.toString(tally.clipped()));
    entries.put(SHA_256, digest(new Safetensors(tensors, entries)));
    return new Safetensors(tensors, entries);
  }

  /**
   * Reads a file's content and checks it.
   *
   * @param content of the file
   * @param identity of the training that is to go on
   * @param file its name, for errors
   * @param remedy what to do about a file that is no good
   * @throws CheckpointException if it is damaged, of another format or of another training
   */
  static Checkpoint decoded(Safetensors content, RunIdentity identity, String file, String remedy) {
    Entries entries = new Entries(content.metadata(), file, remedy);
    entries.require(FORMAT, FORMAT_1, remedy);
    Map<String, String> hashed = new HashMap<>(content.metadata());
    hashed.remove(SHA_256);
    entries.require(SHA_256, digest(new Safetensors(content.tensors(), hashed)), remedy);
    identity
        .entries()
        .forEach(
            (key, text) ->
                entries.require(
                    key,
                    text,
                    "give the same network, training, initial weights and data as then, or another"
                        + " folder"));
    Map<String, float[]> arrays = new LinkedHashMap<>();
    content.tensors().forEach((name, tensor) -> arrays.put(name, tensor.values()));
    return new Checkpoint(
        identity,
        Integer.parseInt(entries.text("epochs")),
        new EpochTally(
            Integer.parseInt(entries.text("tally.batches")),
            Long.parseLong(entries.text("tally.windows")),
            Double.parseDouble(entries.text("tally.loss")),
            Double.parseDouble(entries.text("tally.norm")),
            Double.parseDouble(entries.text("tally.largest_norm")),
            Integer.parseInt(entries.text("tally.clipped"))),
        Long.parseLong(entries.text("steps")),
        Integer.parseInt(entries.text("best_epoch")),
        Double.parseDouble(entries.text("best_loss")),
        arrays);
  }

  /** A file's texts. */
  private record Entries(Map<String, String> texts, String file, String remedy) {
    String text(String key) {
      String text = texts.get(key);
      if (text == null) {
        throw new CheckpointException("an entry " + key, "none", file, remedy);
      }
      return text;
    }

    void require(String key, String expected, String action) {
      String found = text(key);
      if (!found.equals(expected)) {
        throw new CheckpointException(expected, found, file + ", entry " + key, action);
      }
    }
  }

  private static String digest(Safetensors content) {
    MessageDigest digest = RunIdentity.sha256();
    try {
      content.write(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
