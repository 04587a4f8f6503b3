package io.gatecast.forecasting.window;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatecast.forecasting.transform.FittedDerivation;
import io.gatecast.forecasting.transform.TransformJson;
import io.gatecast.forecasting.transform.WindowTransform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The transforms of all series with what they learned, as JSON text and back: what a run keeps
 * beside its forecasts. Names of ours, never of classes; numbers come back bit for bit.
 */
public final class SeriesTransformsJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private SeriesTransformsJson() {}

  /**
   * Writes.
   *
   * @param all the transforms of each series, in order
   * @return a JSON array, indented, with a line break at its end
   */
  public static String text(List<SeriesTransforms> all) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    all.forEach(one -> array.add(write(one)));
    return array.toPrettyString() + "\n";
  }

  private static ObjectNode write(SeriesTransforms one) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("series", one.series()).put("target", one.target());
    json.put("window", one.window().label());
    ObjectNode fills = json.putObject("fills");
    new TreeMap<>(one.fills()).forEach(fills::put);
    ArrayNode known = json.putArray("known_beforehand");
    new TreeSet<>(one.known()).forEach(known::add);
    ArrayNode derivations = json.putArray("derivations");
    one.derivations().forEach(derivation -> derivations.add(TransformJson.write(derivation)));
    ArrayNode features = json.putArray("features");
    one.features().forEach(feature -> features.add(write(feature)));
    return json;
  }

  private static ObjectNode write(FittedFeature feature) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (feature instanceof FittedFeature.Constant constant) {
      return json.put("kind", "constant")
          .put("name", constant.name())
          .put("value", constant.value());
    }
    if (feature instanceof FittedFeature.Ahead ahead) {
      json.put("kind", "ahead").put("name", ahead.column()).put("steps", ahead.steps());
      json.set("transform", TransformJson.write(ahead.transform()));
      return json;
    }
    FittedFeature.Past past = (FittedFeature.Past) feature;
    json.put("kind", "past").put("name", past.name());
    json.set("transform", TransformJson.write(past.transform()));
    return json;
  }

  /**
   * Reads.
   *
   * @param text JSON that {@link #text} wrote
   * @throws IllegalArgumentException if it is none
   */
  public static List<SeriesTransforms> read(String text) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected JSON, found " + e.getMessage(), e);
    }
    if (!root.isArray()) {
      throw new IllegalArgumentException(
          "expected an array of series, found " + root.getNodeType());
    }
    List<SeriesTransforms> all = new ArrayList<>();
    for (JsonNode one : root) {
      all.add(series(one));
    }
    return all;
  }

  private static SeriesTransforms series(JsonNode json) {
    List<FittedDerivation> derivations = new ArrayList<>();
    for (JsonNode one : field(json, "derivations")) {
      derivations.add(TransformJson.readDerivation(one));
    }
    Map<String, Integer> fills = new LinkedHashMap<>();
    field(json, "fills").properties().forEach(e -> fills.put(e.getKey(), whole(e.getValue())));
    Set<String> known = new LinkedHashSet<>();
    field(json, "known_beforehand").forEach(one -> known.add(one.asText()));
    List<FittedFeature> features = new ArrayList<>();
    for (JsonNode one : field(json, "features")) {
      features.add(feature(one));
    }
    return new SeriesTransforms(
        field(json, "series").asText(),
        field(json, "target").asText(),
        derivations,
        fills,
        known,
        features,
        WindowTransform.of(field(json, "window").asText()));
  }

  private static FittedFeature feature(JsonNode json) {
    String name = field(json, "name").asText();
    String kind = field(json, "kind").asText();
    return switch (kind) {
      case "constant" -> new FittedFeature.Constant(name, field(json, "value").doubleValue());
      case "ahead" ->
          new FittedFeature.Ahead(
              name,
              whole(field(json, "steps")),
              TransformJson.readColumn(field(json, "transform")));
      case "past" ->
          new FittedFeature.Past(name, TransformJson.readColumn(field(json, "transform")));
      default ->
          throw new IllegalArgumentException(
              "kind: expected past, ahead or constant, found \"" + kind + "\"");
    };
  }

  private static JsonNode field(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "expected the field " + name + ", found only " + names(json));
    }
    return value;
  }

  private static List<String> names(JsonNode json) {
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static int whole(JsonNode value) {
    if (!value.canConvertToInt()) {
      throw new IllegalArgumentException("expected a whole number, found " + value);
    }
    return value.intValue();
  }
}
