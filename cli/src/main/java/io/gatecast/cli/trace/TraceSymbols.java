package io.gatecast.cli.trace;

import io.gatecast.reference.CellKind;

/** The letters of the equations for the canonical names: {@code W_z} for update.input_weights. */
final class TraceSymbols {
  private TraceSymbols() {}

  /** The letter of a gate's weights, such as {@code z}; empty for the RNN, which has one gate. */
  static String gate(CellKind kind, String gate) {
    return switch (gate) {
      case "hidden" -> "";
      case "update" -> "z";
      case "reset" -> "r";
      case "forget" -> "f";
      case "input" -> "i";
      case "output" -> "o";
      case "candidate" -> kind instanceof CellKind.Gru ? "h" : "c";
      default -> throw new IllegalArgumentException("gate: " + gate);
    };
  }

  /** The symbol of a tensor. */
  static String tensor(CellKind kind, String name) {
    int dot = name.indexOf('.');
    String gate = name.substring(0, dot);
    String parameter = name.substring(dot + 1);
    if (gate.equals("head")) {
      return parameter.equals("weights") ? "V" : "c";
    }
    String letter =
        switch (parameter) {
          case "input_weights" -> "W";
          case "recurrent_weights" -> "U";
          case "bias" -> "b";
          case "recurrent_bias" -> "c";
          default -> throw new IllegalArgumentException("name: " + name);
        };
    return indexed(letter, gate(kind, gate));
  }

  /** {@code W_z}, or {@code W} where there is no index. */
  static String indexed(String letter, String index) {
    return index.isEmpty() ? letter : letter + "_" + index;
  }
}
