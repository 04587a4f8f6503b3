package io.gatecast.forecasting.transform;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatecast.forecasting.Names;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** One JSON object, read strictly; every error says at which path of the tree it is. */
final class JsonFields {
  private final JsonNode object;
  private final String path;

  /** Takes a node that must be an object. */
  JsonFields(JsonNode node, String path) {
    this.object = node;
    this.path = path;
    if (!node.isObject()) {
      throw fault("a JSON object", describe(node), path);
    }
  }

  /** The value of {@code kind}, one of those known. */
  String kind(List<String> known) {
    String kind = text("kind");
    if (!known.contains(kind)) {
      throw fault(
          "a known kind", "\"" + kind + "\"", path + ".kind: " + Names.nearest(kind, known));
    }
    return kind;
  }

  /** Refuses fields besides {@code kind} and these. */
  void only(String... names) {
    List<String> known = new ArrayList<>(List.of(names));
    known.add("kind");
    for (Iterator<String> found = object.fieldNames(); found.hasNext(); ) {
      String name = found.next();
      if (!known.contains(name)) {
        throw fault(
            "no other fields than " + known, "\"" + name + "\"", path + ": a newer version's?");
      }
    }
  }

  private JsonNode field(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      throw fault("the field \"" + name + "\"", "none", path);
    }
    return value;
  }

  /** A text. */
  String text(String name) {
    return text(field(name), path + "." + name);
  }

  private static String text(JsonNode value, String path) {
    if (!value.isTextual()) {
      throw fault("a text", describe(value), path);
    }
    return value.textValue();
  }

  /** Texts in an array. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    JsonNode array = array(name);
    for (int i = 0; i < array.size(); i++) {
      texts.add(text(array.get(i), path + "." + name + "[" + i + "]"));
    }
    return texts;
  }

  /** A finite number. */
  double number(String name) {
    JsonNode value = field(name);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw fault("a finite number", describe(value), path + "." + name);
    }
    return value.doubleValue();
  }

  /** A whole number. */
  int whole(String name) {
    JsonNode value = field(name);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw fault("a whole number", describe(value), path + "." + name);
    }
    return value.intValue();
  }

  private JsonNode array(String name) {
    JsonNode value = field(name);
    if (!value.isArray()) {
      throw fault("an array", describe(value), path + "." + name);
    }
    return value;
  }

  /** Objects in an array. */
  List<JsonFields> objects(String name) {
    List<JsonFields> objects = new ArrayList<>();
    JsonNode array = array(name);
    for (int i = 0; i < array.size(); i++) {
      objects.add(new JsonFields(array.get(i), path + "." + name + "[" + i + "]"));
    }
    return objects;
  }

  /** Makes a value that checks itself; what it refuses is located here. */
  <T> T make(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + " (" + path + ")", e);
    }
  }

  private static String describe(JsonNode value) {
    String text = value.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static IllegalArgumentException fault(String expected, String found, String where) {
    return new IllegalArgumentException(
        "expected " + expected + ", found " + found + " (" + where + ")");
  }
}
