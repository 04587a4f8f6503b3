package io.gatecast.core.spec;

import java.util.List;
import java.util.Locale;

/**
 * The kind of a recurrent cell and its variant: a value, without sizes and without weights.
 *
 * <p>It names the gates in the canonical order, from which weights, parameter counts and engines
 * follow. It computes nothing.
 */
public sealed interface CellSpec {

  /** The cell's name as job files and reports write it. */
  String name();

  /** The canonical names of the gates, in the canonical order. */
  List<String> gates();

  /**
   * Whether the candidate has a second bias c_h, inside the recurrent product: GRU, reset after.
   */
  default boolean hasRecurrentBias() {
    return this instanceof Gru gru && gru.reset() == Reset.AFTER;
  }

  /** Name and variant in one word: {@code rnn-tanh}, {@code gru-before}, {@code lstm}. */
  default String label() {
    if (this instanceof Rnn rnn) {
      return name() + "-" + rnn.activation().label();
    }
    return this instanceof Gru gru ? name() + "-" + gru.reset().label() : name();
  }

  /** Every cell there is. */
  static List<CellSpec> all() {
    return List.of(
        new Rnn(Activation.TANH),
        new Rnn(Activation.SIGMOID),
        new Rnn(Activation.RELU),
        new Gru(Reset.BEFORE),
        new Gru(Reset.AFTER),
        new Lstm());
  }

  /**
   * A cell by its label.
   *
   * @param label as {@link #label} gives it
   * @return the cell
   * @throws IllegalArgumentException for another word; the message lists the labels
   */
  static CellSpec of(String label) {
    return all().stream()
        .filter(cell -> cell.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "cell: expected one of "
                        + all().stream().map(CellSpec::label).toList()
                        + ", found "
                        + label));
  }

  /**
   * Vanilla recurrent cell, {@code h = φ(W x + U h' + b)} (Elman, 1990).
   *
   * @param activation the nonlinearity φ
   */
  record Rnn(Activation activation) implements CellSpec {
    @Override
    public String name() {
      return "rnn";
    }

    @Override
    public List<String> gates() {
      return List.of("hidden");
    }
  }

  /**
   * Gated recurrent unit, {@code h = (1−z) ∘ h' + z ∘ h~} (Cho et al., 2014).
   *
   * @param reset whether the reset gate acts before or after the recurrent product
   */
  record Gru(Reset reset) implements CellSpec {
    @Override
    public String name() {
      return "gru";
    }

    @Override
    public List<String> gates() {
      return List.of("update", "reset", "candidate");
    }
  }

  /**
   * Long short-term memory with forget gate, {@code C = f ∘ C' + i ∘ C~, h = o ∘ tanh(C)}
   * (Hochreiter and Schmidhuber, 1997; Gers et al., 2000).
   */
  record Lstm() implements CellSpec {
    @Override
    public String name() {
      return "lstm";
    }

    @Override
    public List<String> gates() {
      return List.of("forget", "input", "output", "candidate");
    }
  }

  /** The nonlinearity of a vanilla cell. */
  enum Activation {
    /** Hyperbolic tangent. */
    TANH,
    /** Logistic function. */
    SIGMOID,
    /** Rectifier, max(0, x). */
    RELU;

    /** The name as job files write it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where the reset gate of a GRU acts. */
  enum Reset {
    /** On the state, before the recurrent product: {@code U (r ∘ h')}. */
    BEFORE,
    /** On the recurrent product: {@code r ∘ (U h' + c)}, as cuDNN and PyTorch do. */
    AFTER;

    /** The name as job files write it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
