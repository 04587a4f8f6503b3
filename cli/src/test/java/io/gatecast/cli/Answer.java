package io.gatecast.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A command's JSON as its single values, each by its JSON pointer such as {@code /models/0/name}.
 */
final class Answer {
  private final Map<String, String> values = new TreeMap<>();

  /** Reads what a command printed; a fault of the test unless it is one object. */
  Answer(Shell.Ended ended) {
    ended.oneObject();
    try (JsonParser json = new JsonFactory().createParser(ended.out())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isScalarValue()) {
          values.put(json.getParsingContext().pathAsPointer().toString(), json.getText());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value at a pointer, {@code null} as text; a fault of the test where there is none. */
  String text(String pointer) {
    String text = values.get(pointer);
    if (text == null) {
      throw new AssertionError("expected a value at " + pointer + ", found only " + values);
    }
    return text;
  }

  double number(String pointer) {
    return Double.parseDouble(text(pointer));
  }

  /** How many items a list has. */
  int size(String pointer) {
    int size = 0;
    while (has(pointer + "/" + size)) {
      size++;
    }
    return size;
  }

  /** Whether there is anything at or below a pointer. */
  boolean has(String pointer) {
    return values.keySet().stream()
        .anyMatch(key -> key.equals(pointer) || key.startsWith(pointer + "/"));
  }

  /** All values but those whose pointer matches. */
  Map<String, String> without(String pattern) {
    Map<String, String> rest = new TreeMap<>(values);
    rest.keySet().removeIf(pointer -> pointer.matches(pattern));
    return rest;
  }
}
