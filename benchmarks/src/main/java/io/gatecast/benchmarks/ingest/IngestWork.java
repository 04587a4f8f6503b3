package io.gatecast.benchmarks.ingest;

import io.gatecast.forecasting.data.check.StockCheckSet;
import io.gatecast.forecasting.data.check.WeatherCheckSet;
import io.gatecast.forecasting.data.contract.CheckSet;
import io.gatecast.forecasting.data.contract.ColumnSpec;
import io.gatecast.forecasting.data.contract.ContractSpec;
import io.gatecast.forecasting.data.contract.DataSpec;
import io.gatecast.forecasting.data.contract.SeriesSpec;
import io.gatecast.forecasting.data.source.CsvSpec;
import io.gatecast.forecasting.data.source.Sources;
import io.gatecast.forecasting.data.time.AxisSpec;
import io.gatecast.forecasting.data.time.TimeForm;
import io.gatecast.forecasting.data.time.TimeSpec;
import io.gatecast.forecasting.transform.Calendar;
import io.gatecast.forecasting.transform.CalendarFeature;
import io.gatecast.forecasting.transform.Chain;
import io.gatecast.forecasting.transform.ColumnTransform;
import io.gatecast.forecasting.transform.Covariate;
import io.gatecast.forecasting.transform.LogReturn;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files, and what a job would make of them.
 *
 * @param name for people
 * @param data where the files are, what is read of them and what they must satisfy; the source is a
 *     {@link CsvSpec}
 * @param features what a network would read
 * @param lookback steps
 * @param horizon steps
 */
public record IngestWork(
    String name, DataSpec data, FeatureSpec features, int lookback, int horizon) {
  /** Look-back and horizon as the literature's benchmarks have them. */
  private static final int LONG = 96;

  private static final double MOST_REJECTED = 0.01;
  private static final List<CalendarFeature> DAY_AND_YEAR =
      List.of(new CalendarFeature(Calendar.DAY, 1), new CalendarFeature(Calendar.YEAR, 1));

  /**
   * The columns of {@code weather-jena-2020}, the target first; its header has lost some letters
   * and says so.
   */
  private static final List<String> JENA =
      List.of(
          "OT",
          "p (mbar)",
          "T (degC)",
          "Tpot (K)",
          "Tdew (degC)",
          "rh (%)",
          "VPmax (mbar)",
          "VPact (mbar)",
          "VPdef (mbar)",
          "sh (g/kg)",
          "H2OC (mmol/mol)",
          "rho (g/m**3)",
          "wv (m/s)",
          "max. wv (m/s)",
          "wd (deg)",
          "rain (mm)",
          "raining (s)",
          "SWDR (W/m\ufffd)",
          "PAR (\ufffdmol/m\ufffd/s)",
          "max. PAR (\ufffdmol/m\ufffd/s)",
          "Tlog (degC)");

  /**
   * All works whose files are there.
   *
   * @param project the checkout, for its example
   * @param folder of the real series, where there is one
   */
  public static List<IngestWork> found(Path project, Optional<Path> folder) {
    List<IngestWork> all = new ArrayList<>(List.of(example(project)));
    folder.ifPresent(
        data -> all.addAll(List.of(jena(data), stocks(data), transformers(data), beijing(data))));
    return all.stream().filter(IngestWork::there).toList();
  }

  private static IngestWork example(Path project) {
    return new IngestWork(
        "examples/data/weather.csv",
        data(
            CsvSpec.of(project.resolve("examples/data/weather.csv")),
            List.of("date"),
            new SeriesSpec.InColumn("location"),
            numbers("temp_max", "precipitation", "temp_min", "wind"),
            AxisSpec.auto(),
            new WeatherCheckSet(Map.of())),
        levels(
            List.of("precipitation", "temp_min", "wind"),
            List.of(new CalendarFeature(Calendar.YEAR, 1))),
        30,
        7);
  }

  private static IngestWork jena(Path folder) {
    return new IngestWork(
        "weather-jena-2020",
        data(
            CsvSpec.of(folder.resolve("weather-jena-2020/weather.csv")),
            List.of("date"),
            new SeriesSpec.One("jena"),
            numbers(JENA.toArray(String[]::new)),
            AxisSpec.auto(),
            new WeatherCheckSet(Map.of())),
        levels(JENA.subList(1, JENA.size()), DAY_AND_YEAR),
        LONG,
        LONG);
  }

  private static IngestWork stocks(Path folder) {
    ColumnTransform returns = new Chain(List.of(new LogReturn(), Scaling.STANDARDISE));
    FeatureSpec features =
        new FeatureSpec(
            past(List.of("Open", "High", "Low", "Volume")),
            List.of(),
            returns,
            Map.of("Volume", Scaling.STANDARDISE), // 0 on some days
            Map.of(),
            WindowTransform.NONE,
            List.of());
    return new IngestWork(
        "stocks-36",
        data(
            CsvSpec.of(List.of(folder.toAbsolutePath().resolve("stocks-36") + "/*.csv")),
            List.of("Date"),
            new SeriesSpec.PerFile(),
            numbers("Close", "Open", "High", "Low", "Volume"),
            AxisSpec.sessions(null),
            new StockCheckSet(Map.of())),
        features,
        20,
        5);
  }

  private static IngestWork transformers(Path folder) {
    List<String> inputs = List.of("HUFL", "HULL", "MUFL", "MULL", "LUFL", "LULL");
    List<String> columns = new ArrayList<>(List.of("OT"));
    columns.addAll(inputs);
    return new IngestWork(
        "ETTm1",
        data(
            CsvSpec.of(folder.resolve("ett/ETTm1.csv")),
            List.of("date"),
            new SeriesSpec.One("ETTm1"),
            numbers(columns.toArray(String[]::new)),
            AxisSpec.auto(),
            CheckSet.NONE),
        levels(
            inputs,
            List.of(new CalendarFeature(Calendar.DAY, 1), new CalendarFeature(Calendar.WEEK, 1))),
        LONG,
        LONG);
  }

  private static IngestWork beijing(Path folder) {
    List<String> inputs =
        List.of("PM10", "SO2", "NO2", "CO", "O3", "TEMP", "PRES", "DEWP", "RAIN", "WSPM", "wd");
    List<ColumnSpec> columns = new ArrayList<>(List.of(ColumnSpec.number("PM2.5").optional()));
    for (String input : inputs) {
      ColumnSpec column = ColumnSpec.number(input).optional();
      columns.add(input.equals("wd") ? column.of(ColumnSpec.Type.COMPASS) : column);
    }
    return new IngestWork(
        "prsa-beijing",
        data(
            CsvSpec.of(List.of(folder.toAbsolutePath().resolve("prsa-beijing") + "/*.csv")),
            List.of("year", "month", "day", "hour"),
            new SeriesSpec.InColumn("station"),
            columns,
            AxisSpec.auto(),
            new WeatherCheckSet(Map.of())),
        levels(inputs, DAY_AND_YEAR),
        LONG,
        LONG);
  }

  private static DataSpec data(
      CsvSpec source,
      List<String> time,
      SeriesSpec series,
      List<ColumnSpec> columns,
      AxisSpec axis,
      CheckSet checks) {
    return new DataSpec(
        source,
        new TimeSpec(time, new TimeForm.Iso(), ZoneOffset.UTC),
        Optional.empty(),
        series,
        columns,
        axis,
        ContractSpec.usual(MOST_REJECTED).with(checks));
  }

  private static FeatureSpec levels(List<String> inputs, List<CalendarFeature> calendar) {
    return FeatureSpec.of(Scaling.STANDARDISE, WindowTransform.SUBTRACT_LAST, inputs, calendar);
  }

  private static List<ColumnSpec> numbers(String... names) {
    return List.of(names).stream().map(ColumnSpec::number).toList();
  }

  private static List<Covariate> past(List<String> names) {
    return names.stream().<Covariate>map(Covariate.PastOnly::new).toList();
  }

  private boolean there() {
    for (String file : csv().files()) {
      Path path = Path.of(file);
      boolean pattern = String.valueOf(path.getFileName()).startsWith("*");
      if (pattern ? !Files.isDirectory(path.resolveSibling(".")) : !Files.isRegularFile(path)) {
        System.err.println("benchmarks: " + file + " is not there and is left out");
        return false;
      }
    }
    return true;
  }

  /** How the files are written. */
  CsvSpec csv() {
    return (CsvSpec) data.source();
  }

  /** The files, patterns resolved. */
  List<Path> files() {
    return Sources.files(data.source(), key -> "key " + key);
  }

  /** Names of the columns of decimal numbers, the target first. */
  List<String> numbers() {
    return data.columns().stream()
        .filter(column -> column.type() == ColumnSpec.Type.NUMBER)
        .map(ColumnSpec::name)
        .toList();
  }

  /** Names of the other columns that our side reads: of time, of the series, of directions. */
  List<String> others() {
    List<String> others = new ArrayList<>(data.time().columns());
    if (data.series() instanceof SeriesSpec.InColumn in) {
      others.add(in.column());
    }
    data.columns().stream()
        .filter(column -> column.type() != ColumnSpec.Type.NUMBER)
        .forEach(column -> others.add(column.name()));
    return others;
  }

  /**
   * Columns that our side reads: numbers, directions, time and series. A row has as many cells as
   * they are; what else stands in the file counts for nobody. The checks read no other.
   */
  public int columns() {
    return numbers().size() + others().size();
  }

  /** Columns that become doubles of a series. */
  public int valueColumns() {
    return data.columns().size();
  }

  /** The same with other files. */
  IngestWork over(List<Path> files) {
    CsvSpec csv = csv();
    CsvSpec other =
        new CsvSpec(
            files.stream().map(file -> file.toAbsolutePath().toString()).toList(),
            csv.delimiter(),
            csv.quote(),
            csv.encoding(),
            csv.comment(),
            csv.transformProcess());
    return new IngestWork(name, of(other, data.contract()), features, lookback, horizon);
  }

  /** The same, whose columns stay as they are: a few rows may not vary. */
  IngestWork untransformed() {
    FeatureSpec plain =
        new FeatureSpec(
            features.covariates(),
            features.derivations(),
            new Chain(List.of()),
            Map.of(),
            features.fills(),
            features.window(),
            features.calendar());
    return new IngestWork(name, data, plain, lookback, horizon);
  }

  /** What is read, without checks of whole series, however many rows are rejected. */
  DataSpec unchecked() {
    return of(csv(), ContractSpec.usual(1));
  }

  private DataSpec of(CsvSpec source, ContractSpec contract) {
    return new DataSpec(
        source, data.time(), data.knownAt(), data.series(), data.columns(), data.axis(), contract);
  }
}
