package io.gatecast.core.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a network is: a stack of recurrent layers, each of its own cell and size, a linear head, and
 * the loss that training makes small. Configurations, engines, weights and parameter counts all
 * follow from it. Immutable and valid by construction.
 *
 * @param inputs features a time step, at least 1
 * @param layers recurrent layers from the input upwards, at least 1; each reads the hidden vectors
 *     of the one below, step by step
 * @param head what reads the top layer
 * @param loss what training minimises
 * @param segments what reads a window in segments and forecasts in segments, around the one
 *     recurrent layer; empty for a network that reads step by step. With it the head has {@code
 *     [step][channel]} outputs, each {@link Loss#outputsPerStep} times
 */
public record NetworkSpec(
    int inputs, List<LayerSpec> layers, HeadSpec head, Loss loss, Optional<Segments> segments) {

  /**
   * Checks every bound and copies the list.
   *
   * @throws IllegalArgumentException naming the argument, its bound and the value found; also if
   *     the head's outputs are no multiple of {@link Loss#outputsPerStep}, or if segments surround
   *     anything but one layer without dropout and a head on the last step, do not share inputs and
   *     outputs equally among their channels, or hold more numbers than an array
   */
  public NetworkSpec {
    Bounds.atLeastOne("inputs", inputs);
    Bounds.atLeastOne("layers", layers.size());
    layers = List.copyOf(layers);
    if (head.outputs() % loss.outputsPerStep() != 0) {
      throw new IllegalArgumentException(
          "outputs: expected a multiple of "
              + loss.outputsPerStep()
              + ", the outputs per step of "
              + loss.label()
              + ", found "
              + head.outputs());
    }
    if (segments.isPresent()) {
      requireFor(segments.get(), inputs, layers, head, loss);
    }
  }

  private static void requireFor(
      Segments segments, int inputs, List<LayerSpec> layers, HeadSpec head, Loss loss) {
    if (layers.size() != 1 || layers.get(0).dropout() > 0) {
      throw new IllegalArgumentException(
          "layers: expected one layer without dropout of its own between segments, found "
              + layers.size()
              + " with dropout "
              + layers.stream().map(LayerSpec::dropout).toList());
    }
    if (head.readout() != Readout.LAST_STEP) {
      throw new IllegalArgumentException(
          "readout: expected LAST_STEP with segments, found " + head.readout());
    }
    int channels = segments.channels();
    if (inputs % channels != 0) {
      throw new IllegalArgumentException(
          "inputs: expected a multiple of " + channels + " channels, found " + inputs);
    }
    int perStep = loss.outputsPerStep();
    if (head.outputs() / perStep % channels != 0) {
      throw new IllegalArgumentException(
          "outputs: expected a multiple of "
              + (long) channels * perStep
              + ", "
              + (perStep == 1 ? "one" : perStep)
              + " for each channel, found "
              + head.outputs());
    }
    fitsAnArray("numbers", segments.length(), inputs / channels);
    fitsAnArray("outputs", segments.length(), perStep);
  }

  private static void fitsAnArray(String what, int length, int ofStep) {
    if ((long) length * ofStep > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "length: expected at most "
              + Integer.MAX_VALUE
              + " "
              + what
              + " a segment, found "
              + length
              + " steps of "
              + ofStep);
    }
  }

  /**
   * A network that reads step by step.
   *
   * @param inputs features a time step, at least 1
   * @param layers recurrent layers from the input upwards, at least 1
   * @param head what reads the top layer
   * @param loss what training minimises
   * @throws IllegalArgumentException as the canonical constructor
   */
  public NetworkSpec(int inputs, List<LayerSpec> layers, HeadSpec head, Loss loss) {
    this(inputs, layers, head, loss, Optional.empty());
  }

  /**
   * The common case: layers of one kind and size, a head on the last step that gives all steps of
   * the horizon at once, and dropout between layers only, so that one layer has none.
   *
   * @param cell kind and variant of every layer
   * @param inputs features a time step, at least 1
   * @param hidden hidden units of each layer, at least 1
   * @param layers recurrent layers, at least 1
   * @param outputs values the head gives, at least 1: the horizon's steps times {@link
   *     Loss#outputsPerStep}
   * @param dropout share of the inputs of every layer but the first that training drops, in [0, 1)
   * @param loss what training minimises
   * @return the network
   * @throws IllegalArgumentException naming the argument, its bound and the value found
   */
  public static NetworkSpec uniform(
      CellSpec cell, int inputs, int hidden, int layers, int outputs, double dropout, Loss loss) {
    Bounds.atLeastOne("layers", layers);
    Bounds.shareBelowOne("dropout", dropout);
    List<LayerSpec> stack = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      stack.add(new LayerSpec(cell, hidden, layer == 0 ? 0 : dropout));
    }
    return new NetworkSpec(inputs, stack, new HeadSpec(outputs, Readout.LAST_STEP), loss);
  }

  /**
   * The common case of a network that reads segments.
   *
   * @param cell kind and variant of the recurrent layer
   * @param inputs numbers a time step, of all channels
   * @param hidden hidden units, at least 1
   * @param horizon steps of a forecast, at least 1
   * @param segments what surrounds the layer
   * @param loss what training minimises
   * @return the network
   * @throws IllegalArgumentException naming the argument, its bound and the value found
   */
  public static NetworkSpec segmented(
      CellSpec cell, int inputs, int hidden, int horizon, Segments segments, Loss loss) {
    Bounds.atLeastOne("horizon", horizon);
    int most = Integer.MAX_VALUE / segments.channels() / loss.outputsPerStep();
    if (horizon > most) {
      throw new IllegalArgumentException(
          "horizon: expected at most "
              + Integer.MAX_VALUE
              + " outputs, found "
              + horizon
              + " steps of "
              + segments.channels()
              + " channels and "
              + loss.outputsPerStep()
              + " outputs each");
    }
    int outputs = horizon * segments.channels() * loss.outputsPerStep();
    return new NetworkSpec(
        inputs,
        List.of(new LayerSpec(cell, hidden, 0)),
        new HeadSpec(outputs, Readout.LAST_STEP),
        loss,
        Optional.of(segments));
  }

  /** Trainable parameters: biases once a gate, and once more for a GRU that resets after. */
  public long parameters() {
    long total = (long) headWidth() * top().hidden() + headWidth();
    for (int layer = 0; layer < layers.size(); layer++) {
      total += layers.get(layer).parameters(inputsOf(layer));
    }
    return total + segments.map(this::parametersOf).orElse(0L);
  }

  private long parametersOf(Segments of) {
    long embedding = (long) of.embedding() * (segmentWidth() + 1L);
    long positions = (long) of.count(horizon()) * of.positionWidth();
    long channels = of.channels() > 1 ? (long) of.channels() * of.positionWidth() : 0;
    long linear = of.linear() > 0 ? (long) horizon() * (of.linear() + 1L) : 0;
    return embedding + positions + channels + linear;
  }

  /** Rows of the head's matrix: the outputs, or those of one segment of one channel. */
  public int headWidth() {
    return segments.map(of -> of.length() * loss.outputsPerStep()).orElse(outputs());
  }

  /**
   * Numbers that a segment holds, of one channel.
   *
   * @throws java.util.NoSuchElementException if the network reads step by step
   */
  public int segmentWidth() {
    Segments of = segments.orElseThrow();
    return of.length() * (inputs / of.channels());
  }

  /**
   * Steps that a network with segments forecasts.
   *
   * @throws java.util.NoSuchElementException if the network reads step by step
   */
  public int horizon() {
    return outputs() / loss.outputsPerStep() / segments.orElseThrow().channels();
  }

  /**
   * The size of a layer's input: of the first, the inputs', or an embedded segment's.
   *
   * @param layer index from 0
   */
  public int inputsOf(int layer) {
    if (layer == 0) {
      return segments.map(Segments::embedding).orElse(inputs);
    }
    return layers.get(layer - 1).hidden();
  }

  /** The layer that the head reads. */
  public LayerSpec top() {
    return layers.get(layers.size() - 1);
  }

  /** Values that the head gives each time it reads. */
  public int outputs() {
    return head.outputs();
  }

  /** The kinds of cells, each once, from the input upwards: {@code lstm}, {@code gru+lstm}. */
  public String cellNames() {
    return layers.stream()
        .map(layer -> layer.cell().name())
        .distinct()
        .collect(Collectors.joining("+"));
  }
}
