package io.gatecast.forecasting.job.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A job file's text as it grows, with a comment after what was guessed. */
final class DraftText {
  private static final int COMMENT_AT = 44;
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder text = new StringBuilder();
  private final List<Guess> guesses = new ArrayList<>();

  DraftText comment(String line) {
    text.append("# ").append(oneLine(line)).append('\n');
    return this;
  }

  DraftText line(String line) {
    text.append(line).append('\n');
    return this;
  }

  /** A line with a guess; the value is what people read, the line what YAML reads. */
  DraftText guess(String line, String key, String value, String because) {
    guesses.add(new Guess(key, value, because));
    int pad = Math.max(1, COMMENT_AT - line.length());
    text.append(line).append(" ".repeat(pad)).append("# guessed: ").append(oneLine(because));
    text.append('\n');
    return this;
  }

  /** The lines and guesses of another one. */
  void append(DraftText other) {
    text.append(other.text);
    guesses.addAll(other.guesses);
  }

  List<Guess> guesses() {
    return List.copyOf(guesses);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** A YAML scalar that is text, quoted where it must be. */
  static String scalar(String value) {
    boolean plain =
        value.matches("[A-Za-z_/][A-Za-z0-9_./-]*")
            && !WORDS.contains(value.toLowerCase(Locale.ROOT));
    if (plain) {
      return value;
    }
    StringBuilder quoted = new StringBuilder("\"");
    value
        .chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c == '\t') {
                quoted.append("\\t");
              } else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                quoted.append(String.format(Locale.ROOT, "\\u%04X", c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }

  static String list(List<String> values) {
    return values.stream().map(DraftText::scalar).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String oneLine(String line) {
    return line.codePoints()
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
