package io.gatecast.forecasting.job;

import io.gatecast.forecasting.Names;
import io.gatecast.forecasting.data.contract.ColumnSpec;
import io.gatecast.forecasting.data.contract.LogVariance;
import io.gatecast.forecasting.transform.CalendarFeature;
import io.gatecast.forecasting.transform.Chain;
import io.gatecast.forecasting.transform.ColumnTransform;
import io.gatecast.forecasting.transform.Covariate;
import io.gatecast.forecasting.transform.Derivation;
import io.gatecast.forecasting.transform.Difference;
import io.gatecast.forecasting.transform.FittedDerivation;
import io.gatecast.forecasting.transform.LogReturn;
import io.gatecast.forecasting.transform.RollingVolatility;
import io.gatecast.forecasting.transform.Wind;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads which columns a job's network reads, and in what form. */
final class FeatureSection {
  private static final String DERIVE = "derive: [{wind: [wind_speed, wind_dir]}]";

  /** What a transform's short name stands for. */
  private static final Map<String, List<String>> SHORT =
      Map.of("level", List.of("standardise"), "log-return", List.of("log-return", "standardise"));

  private final YamlSection top;
  private final Map<String, YamlSection> columns;

  FeatureSection(YamlSection top) {
    this.top = top;
    this.columns = top.sections("columns", "columns: {wind_gust: {required: false, fill: 6}}");
  }

  /**
   * What it says.
   *
   * @param levels whether a network reads the target as levels, not as changes
   */
  record Read(
      List<ColumnSpec> columns,
      Optional<LogVariance> logVariance,
      FeatureSpec features,
      boolean levels,
      @Nullable List<CalendarFeature> calendar) {}

  Read read(Preset preset, boolean fillAll, NetworkSection network) {
    int lookback = network.lookback();
    TargetSection of = TargetSection.read(top);
    String target = of.name();
    List<String> inputs = top.texts("inputs");
    if (inputs.contains(target)) {
      throw top.faultAt(
          "inputs",
          "inputs beside the target",
          "the target \"" + target + "\" among them",
          "remove it: a network reads the target's past anyway");
    }
    List<Derivation> derivations = derivations();
    Set<String> derived = new LinkedHashSet<>();
    Set<String> raw = new LinkedHashSet<>(of.columns());
    for (Derivation derivation : derivations) {
      for (String output : ((FittedDerivation) derivation).outputs()) {
        if (!derived.add(output)) {
          throw top.faultAt(
              "derive", "each new column once", output + " again", "choose other steps for one");
        }
      }
      raw.addAll(derivation.inputs());
    }
    if (of.logVariance().isPresent() && raw.contains(target)) {
      throw top.faultAt(
          "derive", "columns of the source", "the computed " + target, "derive from prices");
    }
    inputs.stream().filter(input -> !derived.contains(input)).forEach(raw::add);
    List<Covariate> covariates = new ArrayList<>();
    for (String input : inputs) {
      covariates.add(covariate(input, derived.contains(input)));
    }
    boolean ahead = covariates.stream().anyMatch(Covariate.KnownFuture.class::isInstance);
    Map<String, ColumnTransform> transforms = new LinkedHashMap<>();
    Map<String, Integer> fills = new LinkedHashMap<>();
    List<ColumnSpec> specs = new ArrayList<>();
    for (String name : raw) {
      YamlSection section = columns.get(name);
      // Rows beyond the last target are where a known future stands.
      ColumnSpec spec =
          DataSection.column(name, section, !fillAll && !(ahead && of.columns().contains(name)));
      specs.add(spec);
      int usualFill = fillAll && spec.type() != ColumnSpec.Type.TEXT ? lookback : 0;
      readForm(name, usualFill, fills, transforms);
    }
    if (of.logVariance().isPresent()) {
      readForm(target, fillAll ? lookback : 0, fills, transforms);
      if (!top.has("transform")) {
        // A preset's log return is one of prices.
        transforms.putIfAbsent(target, ColumnTransform.of(List.of("standardise")));
      }
      raw.add(target);
    }
    for (String name : derived) {
      YamlSection section = columns.get(name);
      if (section != null && section.has("transform")) {
        transforms.put(name, transform(section, List.of()));
      }
    }
    rejectUnknown(raw, derived, inputs);
    requireNumbers(of.columns(), derivations, specs);
    ColumnTransform transform = transform(top, preset.transform());
    boolean levels = !relative(transforms.getOrDefault(target, transform));
    WindowTransform usual = levels ? WindowTransform.SUBTRACT_LAST : WindowTransform.NONE;
    WindowTransform window =
        top.choiceOr(
            "window", network.window(usual), WindowTransform.values(), WindowTransform::label);
    List<CalendarFeature> calendar =
        top.has("calendar")
            ? top.textOrTexts("calendar").stream()
                .map(
                    text ->
                        top.made(
                            "calendar",
                            "cycles such as [day, year]",
                            () -> CalendarFeature.of(text)))
                .toList()
            : null;
    FeatureSpec features =
        new FeatureSpec(covariates, derivations, transform, transforms, fills, window, List.of());
    return new Read(specs, of.logVariance(), features, levels, calendar);
  }

  /** Over how many absent steps a column is carried, and its transform, where it has its own. */
  private void readForm(
      String name,
      int usualFill,
      Map<String, Integer> fills,
      Map<String, ColumnTransform> transforms) {
    YamlSection section = columns.get(name);
    int fill = section == null ? 0 : (int) section.wholeOr("fill", 0, 1, 1_000_000);
    if (fill > 0 || usualFill > 0) {
      fills.put(name, fill > 0 ? fill : usualFill);
    }
    if (section != null && section.has("transform")) {
      transforms.put(name, transform(section, List.of()));
    }
  }

  /** Words have an order to nobody: they are neither forecast nor derived from. */
  private void requireNumbers(
      List<String> target, List<Derivation> derivations, List<ColumnSpec> specs) {
    for (ColumnSpec spec : specs) {
      boolean derivedFrom =
          derivations.stream().anyMatch(derivation -> derivation.inputs().contains(spec.name()));
      YamlSection section = columns.get(spec.name());
      if (spec.type() == ColumnSpec.Type.TEXT
          && section != null
          && (derivedFrom || target.contains(spec.name()))) {
        throw section.faultAt(
            "type", "numbers in the target and in what is derived from", "choose another column");
      }
      if (spec.type() == ColumnSpec.Type.TEXT && section != null && section.has("transform")) {
        throw section.faultAt("transform", "none for text", "remove it: text becomes categories");
      }
    }
  }

  /** Whether a transform's values are changes already, from which no last value can be taken. */
  private static boolean relative(ColumnTransform transform) {
    List<ColumnTransform> steps =
        transform instanceof Chain chain ? chain.steps() : List.of(transform);
    return steps.stream().anyMatch(step -> step instanceof LogReturn || step instanceof Difference);
  }

  private static ColumnTransform transform(YamlSection section, List<String> usual) {
    List<String> labels = section.has("transform") ? section.steps("transform") : usual;
    List<String> steps = labels.size() == 1 ? SHORT.getOrDefault(labels.get(0), labels) : labels;
    return section.made(
        "transform",
        "level, log-return or a list such as [log, difference, standardise]",
        () -> ColumnTransform.of(steps));
  }

  private Covariate covariate(String name, boolean derived) {
    YamlSection section = columns.get(name);
    String[] roles = {"past", "future", "static"};
    String role = section == null ? "past" : section.choiceOr("role", "past", roles, one -> one);
    if (derived && !role.equals("past") && section != null) {
      throw section.faultAt("role", "a derived column's past only", "declare its inputs instead");
    }
    return switch (role) {
      case "future" -> new Covariate.KnownFuture(name);
      case "static" -> new Covariate.Static(name);
      default -> new Covariate.PastOnly(name);
    };
  }

  private List<Derivation> derivations() {
    List<Derivation> derivations = new ArrayList<>();
    for (YamlSection item : top.list("derive", DERIVE)) {
      List<String> wind = columns(item, "wind", 2, "speed and direction");
      List<String> parkinson = columns(item, "parkinson", 2, "high and low");
      List<String> garmanKlass = columns(item, "garman-klass", 4, "open, high, low and close");
      int steps = (int) item.wholeOr("steps", 20, 1, 1_000_000);
      item.rejectUnknown();
      long kinds = item.names().stream().filter(name -> !name.equals("steps")).count();
      if (kinds != 1 || (!wind.isEmpty() && item.has("steps"))) {
        throw top.faultAt(
            "derive",
            "one of wind, parkinson and garman-klass in each item, steps beside the last two",
            item.names().toString(),
            "write it like " + DERIVE);
      }
      if (!wind.isEmpty()) {
        derivations.add(new Wind(wind.get(0), wind.get(1)));
      } else if (!parkinson.isEmpty()) {
        derivations.add(new RollingVolatility.Parkinson(parkinson.get(0), parkinson.get(1), steps));
      } else if (!garmanKlass.isEmpty()) {
        derivations.add(
            new RollingVolatility.GarmanKlass(
                garmanKlass.get(0),
                garmanKlass.get(1),
                garmanKlass.get(2),
                garmanKlass.get(3),
                steps));
      } else {
        throw top.faultAt(
            "derive",
            "wind, parkinson or garman-klass",
            item.names().toString(),
            "write it like " + DERIVE);
      }
    }
    return derivations;
  }

  private static List<String> columns(YamlSection item, String key, int count, String what) {
    List<String> names = item.texts(key);
    if (item.has(key) && names.size() != count) {
      throw item.faultAt(
          key, "the columns of " + what, names.toString(), "name " + count + " columns");
    }
    return names;
  }

  /** Columns that nobody reads are a slip, and so are keys that no column has. */
  private void rejectUnknown(Set<String> raw, Set<String> derived, List<String> inputs) {
    Set<String> read = new LinkedHashSet<>(raw);
    read.addAll(derived);
    columns.forEach(
        (name, section) -> {
          if (!read.contains(name)) {
            YamlSection all = top.section("columns", "columns: {wind_gust: {required: false}}");
            throw all.faultAt(
                name, "a column that the job reads", "\"" + name + "\"", Names.nearest(name, read));
          }
          section.has("transform");
          if (!derived.contains(name)) {
            section.has("fill");
          }
          if (section.has("role") && !inputs.contains(name)) {
            throw section.faultAt("role", "a role for one of the inputs", "add it to inputs");
          }
          section.rejectUnknown();
        });
  }
}
