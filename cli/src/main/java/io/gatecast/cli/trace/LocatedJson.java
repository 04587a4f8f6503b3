package io.gatecast.cli.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that knows where it was written, so that a fault can say it; Jackson's own tree
 * forgets. It refuses what is no JSON and keys that come twice, and knows no schema.
 */
sealed interface LocatedJson {
  /** The line, from 1. */
  int line();

  /** The column, from 1. */
  int column();

  /** The value in a few words, for a fault. */
  String description();

  /** An object. */
  record Members(Map<String, LocatedJson> values, int line, int column) implements LocatedJson {
    @Override
    public String description() {
      return "an object";
    }
  }

  /** An array. */
  record Elements(List<LocatedJson> values, int line, int column) implements LocatedJson {
    @Override
    public String description() {
      return "an array of length " + values.size();
    }
  }

  /** A finite number. */
  record Numeric(double value, int line, int column) implements LocatedJson {
    @Override
    public String description() {
      return "the number " + Digits.of(value);
    }
  }

  /** A string. */
  record Text(String value, int line, int column) implements LocatedJson {
    private static final int SHOWN = 60;

    @Override
    public String description() {
      return "the text \""
          + (value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value)
          + "\"";
    }
  }

  /** {@code true}, {@code false}, {@code null}, or a number that no double holds. */
  record Other(String description, int line, int column) implements LocatedJson {}

  /**
   * Reads.
   *
   * @param text JSON
   * @param name of the file, for faults
   * @throws JobFault with line and column
   */
  static LocatedJson parse(String text, String name) {
    return new Parse(name).document(text);
  }

  /** One reading of one text. */
  final class Parse {
    // NaN and Infinity are taken in, so that whoever asked for a number can say which one it is.
    private static final JsonFactory FACTORY =
        JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private final String name;

    private Parse(String name) {
      this.name = name;
    }

    private LocatedJson document(String text) {
      try (JsonParser parser = FACTORY.createParser(text)) {
        if (parser.nextToken() == null) {
          throw new JobFault(
              ExitCode.USAGE, "a JSON object", "an empty file", name, "fill it, or check the path");
        }
        LocatedJson root = value(parser);
        if (parser.nextToken() != null) {
          throw fault(
              "one JSON object and nothing else",
              "more after its end",
              parser.currentTokenLocation(),
              "remove it, or mend the brackets before it");
        }
        return root;
      } catch (JsonProcessingException e) {
        String found =
            String.valueOf(e.getOriginalMessage())
                .replaceAll("\\[Source: [^;]*; ", "[")
                .replaceAll("\\s+", " ");
        throw fault("JSON", found, e.getLocation(), "mend the syntax: commas, quotes, brackets")
            .because(e);
      } catch (IOException e) {
        throw new UncheckedIOException("a text in memory cannot be read", e);
      }
    }

    private JobFault fault(
        String expected, String found, @Nullable JsonLocation at, String action) {
      String where = // Jackson's own limits, such as that of depth, come without a place
          at == null ? name : name + ", line " + at.getLineNr() + ", column " + at.getColumnNr();
      return new JobFault(ExitCode.USAGE, expected, found, where, action);
    }

    /** Where the parser is: {@code weights.update.bias[3]}. */
    private static String path(JsonStreamContext context) {
      if (context.inRoot()) {
        return "";
      }
      String parent = path(context.getParent());
      return context.inArray()
          ? parent + "[" + context.getCurrentIndex() + "]"
          : (parent.isEmpty() ? "" : parent + ".") + context.getCurrentName();
    }

    /** The value whose first token is the current one. Jackson bounds how deep it nests. */
    private LocatedJson value(JsonParser parser) throws IOException {
      JsonLocation at = parser.currentTokenLocation();
      int line = at.getLineNr();
      int column = at.getColumnNr();
      return switch (parser.currentToken()) {
        case START_OBJECT -> new Members(members(parser), line, column);
        case START_ARRAY -> {
          List<LocatedJson> values = new ArrayList<>();
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
          }
          yield new Elements(values, line, column);
        }
        case VALUE_STRING -> new Text(parser.getText(), line, column);
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
          double number = parser.getDoubleValue();
          yield Double.isFinite(number)
              ? new Numeric(number, line, column)
              : new Other(parser.getText() + ", which is not finite", line, column);
        }
        default -> new Other(parser.getText(), line, column);
      };
    }

    private Map<String, LocatedJson> members(JsonParser parser) throws IOException {
      Map<String, LocatedJson> values = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        JsonLocation at = parser.currentTokenLocation();
        parser.nextToken();
        if (values.put(key, value(parser)) != null) {
          String found = "\"" + path(parser.getParsingContext()) + "\" again";
          throw fault("each key once", found, at, "remove one of the two");
        }
      }
      return values;
    }
  }
}
