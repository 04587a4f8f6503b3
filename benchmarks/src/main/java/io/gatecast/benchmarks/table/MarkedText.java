package io.gatecast.benchmarks.table;

/** A text with one place, between two comments, that is written by a program. */
public final class MarkedText {
  /** The line before the place. */
  public static final String BEGIN = "<!-- table: begin, written by ./benchmarks/run table -->";

  /** The line after it. */
  public static final String END = "<!-- table: end -->";

  private MarkedText() {}

  /**
   * Writes the place anew.
   *
   * @param text all of it, with each of the comments once
   * @param content for the place, without its last line break
   * @return the text with nothing changed but the place
   * @throws IllegalArgumentException if a comment is missing or there twice, or they are the wrong
   *     way round
   */
  public static String replace(String text, String content) {
    int begin = only(text, BEGIN) + BEGIN.length();
    int end = only(text, END);
    if (end < begin) {
      throw new IllegalArgumentException(
          "text: expected " + BEGIN + " before " + END + ", found it after");
    }
    return text.substring(0, begin) + "\n" + content + "\n" + text.substring(end);
  }

  private static int only(String text, String comment) {
    int at = text.indexOf(comment);
    if (at < 0 || text.indexOf(comment, at + 1) >= 0) {
      throw new IllegalArgumentException(
          "text: expected one comment " + comment + ", found " + (at < 0 ? "none" : "several"));
    }
    return at;
  }
}
