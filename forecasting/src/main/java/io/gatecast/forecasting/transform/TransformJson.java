package io.gatecast.forecasting.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What transforms learned, as JSON and back: objects whose {@code kind} is a name of ours, never a
 * class. Numbers come back bit for bit. Reading is strict: what it does not know, it refuses.
 */
public final class TransformJson {
  private static final List<String> COLUMN_KINDS =
      List.of(
          "standardise",
          "robust",
          "min-max",
          "log",
          "log-return",
          "difference",
          "fill-last",
          "chain");
  private static final List<String> DERIVATION_KINDS =
      List.of("wind", "one-hot", "presence", "parkinson", "garman-klass");

  private TransformJson() {}

  private static ObjectNode kind(String name) {
    return JsonNodeFactory.instance.objectNode().put("kind", name);
  }

  /**
   * Writes a column's fitted transform.
   *
   * @param fitted what it learned
   */
  public static ObjectNode write(FittedColumn fitted) {
    if (fitted instanceof FittedScaling scaling) {
      return kind(scaling.scaling().label())
          .put("centre", scaling.centre())
          .put("spread", scaling.spread());
    }
    if (fitted instanceof Difference difference) {
      return kind("difference").put("lag", difference.lag());
    }
    if (fitted instanceof FillLast fill) {
      return kind("fill-last").put("limit", fill.limit());
    }
    if (fitted instanceof Log log) {
      return kind(log.label());
    }
    if (fitted instanceof LogReturn logReturn) {
      return kind(logReturn.label());
    }
    ObjectNode json = kind("chain");
    ArrayNode steps = json.putArray("steps");
    ((FittedChain) fitted).steps().forEach(step -> steps.add(write(step)));
    return json;
  }

  /**
   * Writes a fitted derivation. Of a one-hot, the categories go; what the codes of the data at hand
   * mean stays behind.
   *
   * @param fitted what it learned
   */
  public static ObjectNode write(FittedDerivation fitted) {
    if (fitted instanceof Wind wind) {
      return kind("wind").put("speed", wind.speed()).put("direction", wind.direction());
    }
    if (fitted instanceof FittedOneHot oneHot) {
      ObjectNode json = kind("one-hot").put("column", oneHot.column());
      ArrayNode categories = json.putArray("categories");
      oneHot.categories().forEach(categories::add);
      return json;
    }
    if (fitted instanceof Presence presence) {
      return kind("presence").put("column", presence.column());
    }
    if (fitted instanceof RollingVolatility.Parkinson parkinson) {
      return kind("parkinson")
          .put("high", parkinson.high())
          .put("low", parkinson.low())
          .put("steps", parkinson.steps());
    }
    RollingVolatility.GarmanKlass klass = (RollingVolatility.GarmanKlass) fitted;
    return kind("garman-klass")
        .put("open", klass.open())
        .put("high", klass.high())
        .put("low", klass.low())
        .put("close", klass.close())
        .put("steps", klass.steps());
  }

  /**
   * Reads a column's fitted transform.
   *
   * @param json as {@link #write(FittedColumn)} wrote it
   * @throws IllegalArgumentException if it is none; the message says where
   */
  public static FittedColumn readColumn(JsonNode json) {
    return column(new JsonFields(json, "transform"));
  }

  private static FittedColumn column(JsonFields fields) {
    String kind = fields.kind(COLUMN_KINDS);
    return switch (kind) {
      case "chain" -> {
        fields.only("steps");
        List<FittedColumn> steps = new ArrayList<>();
        for (JsonFields step : fields.objects("steps")) {
          steps.add(column(step));
        }
        yield fields.make(() -> new FittedChain(steps));
      }
      case "difference" -> {
        fields.only("lag");
        int lag = fields.whole("lag");
        yield fields.make(() -> new Difference(lag));
      }
      case "fill-last" -> {
        fields.only("limit");
        int limit = fields.whole("limit");
        yield fields.make(() -> new FillLast(limit));
      }
      case "log" -> {
        fields.only();
        yield new Log();
      }
      case "log-return" -> {
        fields.only();
        yield new LogReturn();
      }
      default -> {
        fields.only("centre", "spread");
        double centre = fields.number("centre");
        double spread = fields.number("spread");
        Scaling scaling = (Scaling) ColumnTransform.of(kind);
        yield fields.make(() -> new FittedScaling(scaling, centre, spread));
      }
    };
  }

  /**
   * Reads a fitted derivation. A one-hot's codes are then its categories' own order, until {@link
   * FittedOneHot#reading} says what those of the data mean.
   *
   * @param json as {@link #write(FittedDerivation)} wrote it
   * @throws IllegalArgumentException if it is none; the message says where
   */
  public static FittedDerivation readDerivation(JsonNode json) {
    JsonFields fields = new JsonFields(json, "derivation");
    return switch (fields.kind(DERIVATION_KINDS)) {
      case "wind" -> {
        fields.only("speed", "direction");
        yield new Wind(fields.text("speed"), fields.text("direction"));
      }
      case "one-hot" -> {
        fields.only("column", "categories");
        String column = fields.text("column");
        List<String> categories = fields.texts("categories");
        yield fields.make(() -> new FittedOneHot(column, categories, categories));
      }
      case "presence" -> {
        fields.only("column");
        yield new Presence(fields.text("column"));
      }
      case "parkinson" -> {
        fields.only("high", "low", "steps");
        String high = fields.text("high");
        String low = fields.text("low");
        int steps = fields.whole("steps");
        yield fields.make(() -> new RollingVolatility.Parkinson(high, low, steps));
      }
      default -> {
        fields.only("open", "high", "low", "close", "steps");
        String open = fields.text("open");
        String high = fields.text("high");
        String low = fields.text("low");
        String close = fields.text("close");
        int steps = fields.whole("steps");
        yield fields.make(() -> new RollingVolatility.GarmanKlass(open, high, low, close, steps));
      }
    };
  }
}
