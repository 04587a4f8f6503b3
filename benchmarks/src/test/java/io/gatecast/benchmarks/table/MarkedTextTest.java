package io.gatecast.benchmarks.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Only what is between the comments changes. */
class MarkedTextTest {
  private static final String BEGIN = MarkedText.BEGIN;
  private static final String END = MarkedText.END;

  private static void refuses(String text, String message) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> MarkedText.replace(text, "new"));
    assertEquals(message, error.getMessage());
  }

  @Test
  void thePlaceIsReplacedAndNothingElse() {
    String text = "before\n" + BEGIN + "\nold\nlines\n" + END + "\nafter\n";
    String expected = "before\n" + BEGIN + "\nnew\n" + END + "\nafter\n";
    assertEquals(expected, MarkedText.replace(text, "new"));
    assertEquals(expected, MarkedText.replace(expected, "new"));
  }

  @Test
  void aTextWithoutThePlaceIsRefused() {
    refuses(BEGIN, "text: expected one comment " + END + ", found none");
    refuses(END, "text: expected one comment " + BEGIN + ", found none");
    refuses(BEGIN + BEGIN + END, "text: expected one comment " + BEGIN + ", found several");
    refuses(END + BEGIN, "text: expected " + BEGIN + " before " + END + ", found it after");
  }
}
