package io.gatecast.core.interop;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/** Text from outside in a message: in quotes, without control characters, not too long. */
final class Quoted {
  private static final int SHOWN = 80;

  private Quoted() {}

  static String of(String text) {
    return "\"" + shortened(new String(JsonStringEncoder.getInstance().quoteAsString(text))) + "\"";
  }

  static String shortened(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  /** Whether the text has no half of a surrogate pair, so that UTF-8 can say it. */
  static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
