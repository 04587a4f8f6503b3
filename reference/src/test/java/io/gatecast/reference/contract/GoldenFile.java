package io.gatecast.reference.contract;

import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.Reset;
import io.gatecast.reference.Segmentation;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A golden file: one network's weights and inputs, and what another implementation (PyTorch, NumPy,
 * ONNX) made of them in float64, all by canonical names.
 *
 * <p>The files and their form come from the generators in {@code src/test/python}, which say how
 * each number was found. This class reads them from the class path; it computes nothing, compares
 * nothing and writes nothing.
 */
public final class GoldenFile {
  /** What a tensor is in its file. */
  public enum Role {
    /** A weight, by canonical name, the head's included. */
    WEIGHT,
    /**
     * {@code x [time, input]}; {@code h.<n>}, {@code c.<n> [hidden]} before the first step. In a
     * file of training {@code x.<e>} of each example e, from zero states; in one of segments {@code
     * x} alone.
     */
    INPUT,
    /**
     * {@code y [output]} at the last step from zero states; from the given states {@code outputs
     * [time, output]}, the top layer's {@code h [time, hidden]}, and each layer's last {@code
     * h.<n>}, {@code c.<n> [hidden]}. In a file of training {@code losses [steps]}; in one of
     * segments {@code y [output]} alone.
     */
    EXPECTED,
    /**
     * {@code y [time, output]}: ∂L/∂y_t of a loss L on the head's outputs at every step; in a file
     * of segments {@code y [output]}.
     */
    OUTPUT_LOSS,
    /** That loss's gradients: of every weight, {@code x}, {@code h.<n>} and {@code c.<n>}. */
    OUTPUT_GRADIENT,
    /**
     * A loss on the states of the only layer: {@code h [time, hidden]} is ∂L/∂h_t by what reads
     * each step, {@code h.0} and {@code c.0 [hidden]} what comes to the last state beside that.
     */
    STATE_LOSS,
    /** That loss's gradients: as {@link #OUTPUT_GRADIENT}, without the head. */
    STATE_GRADIENT,
    /**
     * Of an optimiser, each {@code [1]}: {@code learning_rate}; for SGD {@code momentum} and {@code
     * clip_norm}, the limit of the gradient's global norm. Without them it is Adam's. In a file of
     * segments what {@link GoldenFile#segmentation} reads.
     */
    SETTING,
    /** What the head should give for each example e: {@code y.<e> [1, output]}. */
    TARGET,
    /** The weights after the last step of training, by the names of {@link #WEIGHT}. */
    TRAINED;

    private static Role of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  private static final String FOLDER = "/golden/";

  private final String name;
  private final List<CellKind> layers = new ArrayList<>();
  private final Map<Role, Map<String, Tensor>> tensors = new EnumMap<>(Role.class);

  private GoldenFile(String name) {
    this.name = name;
    for (Role role : Role.values()) {
      tensors.put(role, new LinkedHashMap<>());
    }
  }

  /**
   * The golden files of outputs, states and gradients on the class path.
   *
   * @return their names, such as {@code gru-before-2}: cell, variant, number of layers; those with
   *     {@code -onnx-} have no losses and gradients
   */
  public static List<String> names() {
    return text("index").lines().toList();
  }

  /**
   * The golden files of training on the class path: some full-batch steps of an optimiser on the
   * mean squared error of a head that reads the last step. Their form and their settings are said
   * by {@code src/test/python/generate_training.py}.
   *
   * @return their names, such as {@code training/lstm-adam}
   */
  public static List<String> trainingNames() {
    return text("training/index").lines().map(name -> "training/" + name).toList();
  }

  /**
   * The golden files of networks of segments on the class path: outputs, and the gradients of a
   * loss that is linear in them. Their form is said by {@code
   * src/test/python/generate_segments.py}.
   *
   * @return their names, such as {@code segments/lstm-instance-linear}
   */
  public static List<String> segmentedNames() {
    return text("segments/index").lines().map(name -> "segments/" + name).toList();
  }

  /**
   * Reads one file.
   *
   * @param name one of {@link #names()}, {@link #trainingNames()} or {@link #segmentedNames()}
   * @return the file
   * @throws IllegalArgumentException if there is no such file, or a line is not of the form
   */
  public static GoldenFile read(String name) {
    GoldenFile file = new GoldenFile(name);
    List<String> lines = text(name).lines().toList();
    for (int n = 0; n < lines.size(); n++) {
      if (lines.get(n).startsWith("#")) {
        continue;
      }
      try {
        file.add(Arrays.asList(lines.get(n).split(" ", -1)));
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(
            FOLDER
                + name
                + ".txt, line "
                + (n + 1)
                + ": expected `layers KIND...` or `ROLE NAME SHAPE VALUES...`, found a line that"
                + " cannot be read; write the file anew with its generator",
            e);
      }
    }
    return file;
  }

  private static String text(String name) {
    String resource = FOLDER + name + ".txt";
    try (InputStream stream = GoldenFile.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException(
            "name: expected a golden file on the class path, found no " + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  private void add(List<String> words) {
    if (words.get(0).equals("layers")) {
      words.stream().skip(1).map(GoldenFile::kind).forEach(layers::add);
      return;
    }
    int[] shape = Arrays.stream(words.get(2).split(",", -1)).mapToInt(Integer::parseInt).toArray();
    double[] values = words.stream().skip(3).mapToDouble(Double::parseDouble).toArray();
    ofRole(Role.of(words.get(0))).put(words.get(1), Tensor.of(values, shape));
  }

  private static CellKind kind(String word) {
    String[] parts = word.split(":", -1);
    return switch (parts[0]) {
      case "rnn" -> new CellKind.Rnn(Activation.valueOf(parts[1]));
      case "gru" -> new CellKind.Gru(Reset.valueOf(parts[1]));
      case "lstm" -> new CellKind.Lstm();
      default -> throw new IllegalArgumentException("unknown kind of cell: " + word);
    };
  }

  private Map<String, Tensor> ofRole(Role role) {
    return tensors.getOrDefault(role, Map.of());
  }

  /**
   * The file's name.
   *
   * @return one of {@link #names()}, {@link #trainingNames()} or {@link #segmentedNames()}
   */
  public String name() {
    return name;
  }

  /**
   * The kinds of the layers.
   *
   * @return the kinds from the input upwards; unmodifiable
   */
  public List<CellKind> layers() {
    return Collections.unmodifiableList(layers);
  }

  /**
   * The settings of a network of segments.
   *
   * @return the settings
   * @throws IllegalArgumentException if the file is of another network
   */
  public Segmentation segmentation() {
    return new Segmentation(
        setting("length"),
        setting("channels"),
        normalisation(setting("normalisation")),
        setting("horizon"),
        setting("outputs_per_step"));
  }

  private int setting(String setting) {
    return (int) tensor(Role.SETTING, setting).get(0);
  }

  private static Segmentation.Normalisation normalisation(int number) {
    return switch (number) {
      case 0 -> Segmentation.Normalisation.NONE;
      case 1 -> Segmentation.Normalisation.LAST_VALUE;
      case 2 -> Segmentation.Normalisation.INSTANCE;
      default -> throw new IllegalArgumentException("unknown normalisation: " + number);
    };
  }

  /**
   * All tensors of a role, such as the network's weights.
   *
   * @param role what the tensors are
   * @return the tensors by name, none if the file has nothing of the role; unmodifiable
   */
  public Map<String, Tensor> tensors(Role role) {
    return Collections.unmodifiableMap(ofRole(role));
  }

  /**
   * One tensor.
   *
   * @param role what it is
   * @param tensor its name
   * @return the tensor
   * @throws IllegalArgumentException if the file has none of this role and name
   */
  public Tensor tensor(Role role, String tensor) {
    Tensor found = ofRole(role).get(tensor);
    if (found == null) {
      throw new IllegalArgumentException(
          name + ": expected a tensor " + role + " " + tensor + ", found " + ofRole(role).keySet());
    }
    return found;
  }

  /**
   * A layer's state from {@code h.<layer>} and, for an LSTM, {@code c.<layer>} of a role: before
   * the first step, after the last one, or a gradient.
   *
   * @param role {@link Role#INPUT}, {@link Role#EXPECTED}, or a role of losses or gradients
   * @param layer from 0
   * @return the state, of the layer's kind
   * @throws IllegalArgumentException if the file has no such state
   */
  public State state(Role role, int layer) {
    double[] h = tensor(role, "h." + layer).values();
    return layers.get(layer) instanceof CellKind.Lstm
        ? State.of(h, tensor(role, "c." + layer).values())
        : State.of(h);
  }

  /**
   * The states of all layers, as {@link #state} gives each.
   *
   * @param role {@link Role#INPUT}, {@link Role#EXPECTED} or {@link Role#OUTPUT_GRADIENT}
   * @return one state for each layer, from the input upwards
   * @throws IllegalArgumentException if the file has no such state
   */
  public List<State> states(Role role) {
    return IntStream.range(0, layers.size()).mapToObj(layer -> state(role, layer)).toList();
  }

  /** What the file says an engine should answer to its case with the head on every step. */
  EngineAnswer answer() {
    // The gradients of inputs and states stand beside those of the weights.
    Map<String, Tensor> weights = new LinkedHashMap<>(tensors(Role.OUTPUT_GRADIENT));
    weights.keySet().retainAll(tensors(Role.WEIGHT).keySet());
    return new EngineAnswer(
        List.of(tensor(Role.EXPECTED, "outputs")),
        List.of(states(Role.EXPECTED)),
        weights,
        List.of(tensor(Role.OUTPUT_GRADIENT, "x")),
        List.of(states(Role.OUTPUT_GRADIENT)));
  }

  /**
   * The name, for messages and parameterized tests.
   *
   * @return the file's name
   */
  @Override
  public String toString() {
    return name;
  }
}
