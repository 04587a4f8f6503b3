package io.gatecast.benchmarks.table;

/** A text with places, each between two comments, that are written by programs. */
public final class MarkedText {
  /** The line before the place. */
  public static final String BEGIN = "<!-- table: begin, written by ./benchmarks/run table -->";

  /** The line after it. */
  public static final String END = "<!-- table: end -->";

  private MarkedText() {}

  /**
   * Writes the place of the table anew.
   *
   * @param text all of it, with each of the comments once
   * @param content for the place, without its last line break
   * @return the text with nothing changed but the place
   * @throws IllegalArgumentException if a comment is missing or there twice, or they are the wrong
   *     way round
   */
  public static String replace(String text, String content) {
    return replace(text, BEGIN, END, content);
  }

  /**
   * Writes a place anew.
   *
   * @param text all of it, with each of the comments once
   * @param first the line before the place
   * @param last the line after it
   * @param content for the place, without its last line break
   * @return the text with nothing changed but the place
   * @throws IllegalArgumentException if a comment is missing or there twice, or they are the wrong
   *     way round
   */
  public static String replace(String text, String first, String last, String content) {
    int begin = only(text, first) + first.length();
    int end = only(text, last);
    if (end < begin) {
      throw new IllegalArgumentException(
          "text: expected " + first + " before " + last + ", found it after");
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
