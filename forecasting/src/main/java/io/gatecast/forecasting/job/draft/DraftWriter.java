package io.gatecast.forecasting.job.draft;

import static io.gatecast.forecasting.job.draft.DraftText.list;
import static io.gatecast.forecasting.job.draft.DraftText.scalar;

import io.gatecast.forecasting.data.time.TimeForm;
import io.gatecast.forecasting.job.Preset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what was guessed as a job file. */
final class DraftWriter {
  private static final Pattern UNIT = Pattern.compile(".*[(\\[]([^()\\[\\]]{1,20})[)\\]]\\s*");
  private static final int FILL = 6;
  private static final double FEW = 0.005;

  private final TableProfile table;
  private final TimeGuess time;
  private final SeriesGuess series;
  private final ColumnChoice columns;
  private final @Nullable Path folder;

  DraftWriter(
      TableProfile table,
      TimeGuess time,
      SeriesGuess series,
      ColumnChoice columns,
      @Nullable Path folder) {
    this.table = table;
    this.time = time;
    this.series = series;
    this.columns = columns;
    this.folder = folder;
  }

  /** A job that lets everything in, to look at the data. */
  String trial() {
    DraftText text = new DraftText();
    head(text);
    columns(text, FILL);
    text.line("axis: {kind: auto}");
    text.line("contract: {max_rejected: 0.99, conflict: drop}");
    return text.toString();
  }

  /** The job. */
  DraftText whole(Rhythm rhythm, ContractGuess contract) {
    DraftText text = new DraftText();
    text.comment(
        "Drafted by gatecast init. What is guessed says why; change what you know better.");
    if (!rhythm.enough()) {
      text.comment("The data is too short to train a network on; inspect shows it all the same.");
    }
    head(text);
    columns(text, Math.min(FILL, rhythm.lookback()));
    transform(text);
    rhythm
        .axis()
        .ifPresent(
            kind ->
                text.guess("axis: {kind: " + kind + "}", "axis.kind", kind, rhythm.axisBecause()));
    List<String> settings = new ArrayList<>(contract.settings());
    String because = contract.because();
    if (rhythm.repair()) {
      settings.add("gaps: repair");
      because += (because.isEmpty() ? "" : "; ") + "most windows touch a gap: last value and mask";
    }
    if (!settings.isEmpty()) {
      String all = String.join(", ", settings);
      text.guess("contract: {" + all + "}", "contract", all, because);
    }
    String horizon = String.valueOf(rhythm.horizon());
    text.guess("horizon: " + horizon, "horizon", horizon, rhythm.because());
    String lookback = String.valueOf(rhythm.lookback());
    return text.guess(
        "network: {cell: lstm, hidden: 16, lookback: " + lookback + "}",
        "network.lookback",
        lookback,
        rhythm.because());
  }

  private void head(DraftText text) {
    text.line("job: " + scalar(JobDraft.name(table.files())));
    String preset = columns.preset().label();
    text.guess("preset: " + preset, "preset", preset, columns.presetBecause());
    text.line("source:");
    source(text);
    List<String> names = time.spec().columns();
    String value = names.size() == 1 ? scalar(names.get(0)) : list(names);
    text.guess("  time: " + value, "source.time", String.join(", ", names), time.because());
    TimeForm form = time.spec().form();
    if (form instanceof TimeForm.Pattern || form.label().startsWith("epoch")) {
      text.guess(
          "  time_format: \"" + form.label() + "\"",
          "source.time_format",
          form.label(),
          "it reads the first and the last rows");
    }
    series
        .column()
        .ifPresentOrElse(
            column ->
                text.guess(
                    "  series: " + scalar(column), "source.series", column, series.because()),
            () -> text.guess("  series_of: file", "source.series_of", "file", series.because()));
    String target = columns.target();
    text.guess("target: " + scalar(target), "target", target, columns.targetBecause());
    List<String> inputs = new ArrayList<>(columns.inputs());
    if (!columns.wind().isEmpty()) {
      String speed = columns.wind().get(0);
      inputs.add(speed + "_sin");
      inputs.add(speed + "_cos");
    }
    text.guess(
        "inputs: " + list(inputs), "inputs", String.join(", ", inputs), columns.inputsBecause());
    if (!columns.wind().isEmpty()) {
      text.line("derive: [{wind: " + list(columns.wind()) + "}]");
    }
  }

  private void source(DraftText text) {
    List<String> paths = table.files().stream().map(this::path).toList();
    String csv = paths.size() == 1 ? scalar(paths.get(0)) : list(paths);
    text.line(
        "  csv: "
            + csv
            + String.format(
                Locale.ROOT, "  # %,d rows, %d columns", table.rows(), table.columns().size()));
    TextLayout layout = table.layout();
    if (layout.delimiter() != ',') {
      String delimiter = scalar(String.valueOf(layout.delimiter()));
      text.guess(
          "  delimiter: " + delimiter,
          "source.delimiter",
          delimiter,
          "it cuts the first lines into equally many fields");
    }
    if (!layout.encoding().equals(StandardCharsets.UTF_8)) {
      text.guess("  encoding: latin-1", "source.encoding", "latin-1", "some bytes are no UTF-8");
    }
    layout
        .comment()
        .ifPresent(
            mark ->
                text.guess(
                    "  comment: \"" + mark + "\"",
                    "source.comment",
                    String.valueOf(mark),
                    "the first line begins with it"));
  }

  private String path(Path file) {
    String path = folder == null ? file.toString() : folder.relativize(file).toString();
    return path.replace('\\', '/');
  }

  private void transform(DraftText text) {
    ColumnProfile target = table.column(columns.target());
    if (columns.preset() == Preset.STOCK && target.least() <= 0) {
      text.guess(
          "transform: level",
          "transform",
          "level",
          "some prices are zero or less, of which no log return exists");
    }
  }

  /** What columns need beside their names. */
  private void columns(DraftText text, int fill) {
    Set<String> read = new LinkedHashSet<>(List.of(columns.target()));
    read.addAll(columns.inputs());
    read.addAll(columns.wind());
    List<String> lines = new ArrayList<>();
    DraftText inner = new DraftText();
    for (String name : read) {
      List<String> settings = new ArrayList<>();
      List<String> because = new ArrayList<>();
      settings(table.column(name), fill, settings, because);
      if (!settings.isEmpty()) {
        lines.add(name);
        String all = String.join(", ", settings);
        inner.guess(
            "  " + scalar(name) + ": {" + all + "}",
            "columns." + name,
            all,
            String.join("; ", because));
      }
    }
    if (!lines.isEmpty()) {
      text.line("columns:");
      text.append(inner);
    }
  }

  private void settings(
      ColumnProfile column, int fill, List<String> settings, List<String> because) {
    boolean target = column.name().equals(columns.target());
    Matcher unit = UNIT.matcher(column.name());
    if (column.isCompass()) {
      settings.add("type: compass");
      because.add("points of the compass");
    } else if (column.isText()) {
      settings.add("type: text");
      because.add(column.different() + " different words");
    } else if (unit.matches()) {
      settings.add("unit: " + scalar(unit.group(1).trim()));
      because.add("unit in the header");
    }
    List<Double> signs = column.signs();
    if (!signs.isEmpty()) {
      settings.add(
          signs.stream()
              .map(
                  sign ->
                      sign == Math.rint(sign)
                          ? String.format(Locale.ROOT, "%.0f", sign)
                          : "" + sign)
              .collect(Collectors.joining(", ", "missing: [", "]")));
      because.add(signs.stream().mapToInt(column::sentinelCount).sum() + " far outside all others");
    }
    boolean optional = target ? column.missingShare() > FEW : column.missing() > 0;
    if (optional) {
      settings.add("required: false");
      if (!target && !column.isText()) {
        settings.add("fill: " + fill);
      }
      because.add(
          String.format(
              Locale.ROOT,
              "%,d %s missing (%.2g %%)",
              column.missing(),
              column.missing() == 1 ? "cell" : "cells",
              100 * column.missingShare()));
    }
  }
}
