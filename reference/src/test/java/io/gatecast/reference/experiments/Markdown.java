package io.gatecast.reference.experiments;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/**
 * A page in the making, and the guard of its words: a sentence that claims something goes in by
 * {@link #claim}, beside the condition under which it is true.
 */
final class Markdown {
  private final StringBuilder text = new StringBuilder();

  /** The sentence, if it is true; else the run fails, and no page is written. */
  static String claim(boolean holds, String sentence) {
    assertTrue(holds, () -> "the numbers do not bear out: " + sentence);
    return sentence;
  }

  /** The first sentence if the condition holds, else the second: the result chooses. */
  static String either(boolean holds, String sentence, String otherwise) {
    return holds ? sentence : otherwise;
  }

  Markdown heading(int level, String title) {
    return block("#".repeat(level) + " " + title);
  }

  /** A paragraph of these sentences. */
  Markdown paragraph(String... sentences) {
    return block(String.join(" ", sentences));
  }

  Markdown list(List<String> items) {
    return block("- " + String.join("\n- ", items));
  }

  Markdown preformatted(String lines) {
    return block("```\n" + lines.strip() + "\n```");
  }

  Markdown table(List<String> header, List<List<String>> rows) {
    StringBuilder table = new StringBuilder(row(header));
    table.append("\n|---").append("|---:".repeat(header.size() - 1)).append("|");
    rows.forEach(cells -> table.append("\n").append(row(cells)));
    return block(table.toString());
  }

  Markdown picture(String description, String file) {
    return block("![" + description + "](" + file + ")");
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private Markdown block(String block) {
    text.append(block).append("\n\n");
    return this;
  }

  @Override
  public String toString() {
    return text.toString().stripTrailing() + "\n";
  }
}
