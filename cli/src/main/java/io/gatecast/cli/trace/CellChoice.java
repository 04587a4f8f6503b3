package io.gatecast.cli.trace;

import io.gatecast.forecasting.Names;
import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.Reset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The cells by the names that a user writes, and which setting belongs to which cell alone. */
public enum CellChoice {
  RNN("activation"),
  GRU("reset"),
  LSTM("c0");

  private final String own;

  CellChoice(String own) {
    this.own = own;
  }

  /** The name as written: {@code rnn}, {@code gru}, {@code lstm}. */
  String label() {
    return label(this);
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** The oracle's kind of cell; the setting that is another cell's is not looked at. */
  public CellKind kind(Activation activation, Reset reset) {
    return switch (this) {
      case RNN -> new CellKind.Rnn(activation);
      case GRU -> new CellKind.Gru(reset);
      case LSTM -> new CellKind.Lstm();
    };
  }

  /** Refuses a setting that only another cell has: it would be ignored without a word. */
  public void refuseSettingOfAnother(String key, Place place) {
    for (CellChoice other : values()) {
      if (other != this && other.own.equals(key)) {
        throw place.fault(
            "a setting of the " + label(),
            key + ", which only the " + other.label() + " has",
            "remove it, or choose the cell " + other.label());
      }
    }
  }

  /** One of an enumeration's values by its name in small letters. */
  public static <E extends Enum<E>> E named(String text, Class<E> type, Place place) {
    List<String> labels = Arrays.stream(type.getEnumConstants()).map(CellChoice::label).toList();
    int index = labels.indexOf(text);
    if (index < 0) {
      throw place.fault(
          "one of " + String.join(", ", labels), "\"" + text + "\"", Names.nearest(text, labels));
    }
    return type.getEnumConstants()[index];
  }
}
