package io.gatecast.forecasting.job;

import io.gatecast.forecasting.data.contract.CheckSet;
import io.gatecast.forecasting.data.contract.ColumnSpec;
import io.gatecast.forecasting.data.contract.ContractSpec;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.Policy;
import io.gatecast.forecasting.data.time.AxisSpec;
import io.gatecast.forecasting.data.time.Holidays;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a job file says of its columns, its time axis and its contract. */
final class DataSection {
  private static final double ANY = Double.NEGATIVE_INFINITY;
  private static final double END = Double.POSITIVE_INFINITY;

  private DataSection() {}

  /** One column, as {@code columns} has it, or as it is where nothing is said. */
  static ColumnSpec column(String name, @Nullable YamlSection section, boolean required) {
    ColumnSpec plain = ColumnSpec.number(name);
    if (section == null) {
      return required ? plain : plain.optional();
    }
    ColumnSpec.Type type =
        section.choiceOr(
            "type",
            ColumnSpec.Type.NUMBER,
            ColumnSpec.Type.values(),
            one -> one.name().toLowerCase(Locale.ROOT));
    Optional<String> unit = Optional.ofNullable(section.textOr("unit", null));
    double least = section.has("least") ? section.numberOr("least", ANY, ANY, false, END) : ANY;
    double most = section.has("most") ? section.numberOr("most", END, ANY, false, END) : END;
    Set<String> missing = Set.copyOf(section.textOrTexts("missing"));
    boolean needed = section.flagOr("required", required);
    return section.made(
        "least", "a range", () -> new ColumnSpec(name, type, unit, least, most, missing, needed));
  }

  static AxisSpec axis(YamlSection top, Preset preset) {
    String example = "axis: {kind: sessions, holidays: NYSE}";
    YamlSection section = top.section("axis", example);
    AxisSpec usual = preset.axis();
    AxisSpec.Kind kind =
        section.choiceOr(
            "kind",
            usual.kind(),
            AxisSpec.Kind.values(),
            one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    String step = section.textOr("step", null);
    Duration duration =
        step == null
            ? null
            : section.made(
                "step",
                "a step of fixed length such as PT10M, PT1H or P1D",
                () -> Duration.parse(step.toUpperCase(Locale.ROOT)));
    String name = section.textOr("holidays", null);
    Holidays holidays =
        name == null
            ? null
            : section.made("holidays", "the name of a holiday calendar", () -> Holidays.of(name));
    section.rejectUnknown();
    return section.made(
        step == null ? "holidays" : "step",
        "settings that go together",
        () -> new AxisSpec(kind, duration, usual.weekdays(), holidays));
  }

  static ContractSpec contract(YamlSection top, Preset preset) {
    YamlSection section = top.section("contract", "contract: {max_rejected: 0.01, gaps: drop}");
    double maxRejected = section.numberOr("max_rejected", 0.01, 0, false, 1);
    Policy[] forGaps = {Policy.FAIL, Policy.DROP, Policy.REPAIR};
    Policy gaps = section.choiceOr("gaps", Policy.DROP, forGaps, Policy::label);
    Preset kind = section.choiceOr("checks", preset, Preset.values(), Preset::label);
    YamlSection roles = section.section("columns", "columns: {close: Price}");
    Map<String, String> columns = new LinkedHashMap<>();
    for (String role : roles.names()) {
      columns.put(role, roles.text(role, "close: Price"));
    }
    CheckSet checks =
        section.made(
            "columns", "roles of columns that the checks know", () -> kind.checks(columns));
    Map<Kind, Policy> policies = new EnumMap<>(Kind.class);
    for (Kind problem : Kind.values()) {
      List<Policy> allowed = problem.allowed();
      if (section.has(problem.label())) {
        policies.put(
            problem,
            section.choiceOr(
                problem.label(), problem.usual(), allowed.toArray(Policy[]::new), Policy::label));
      }
    }
    section.rejectUnknown();
    return new ContractSpec(maxRejected, policies, gaps, checks);
  }
}
