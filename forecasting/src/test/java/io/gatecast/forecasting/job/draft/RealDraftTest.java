package io.gatecast.forecasting.job.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.inspection.Inspection;
import io.gatecast.forecasting.inspection.InspectionPage;
import io.gatecast.forecasting.job.JobFile;
import io.gatecast.forecasting.job.JobRunner;
import io.gatecast.forecasting.job.JobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drafts of real files: each is read as a job afterwards. */
final class RealDraftTest {
  private static final Path ROOT = Path.of("/");

  private static JobDraft draft(Path... files) {
    JobDraft draft = JobDraft.of(List.of(files), null);
    JobSpec job = JobFile.parse(draft.jobFile(), "draft.yaml", ROOT);
    Dataset data = JobRunner.read(job);
    assertTrue(data.report().accepted() + data.report().repaired() > 0);
    assertTrue(InspectionPage.of(Inspection.placed(job, data)).endsWith("</html>\n"));
    return draft;
  }

  @ParameterizedTest
  @CsvSource({
    "ett/ETTh1.csv, none, date, file, OT",
    "exchange-rate/exchange_rate.csv, none, date, file, OT",
    "weather-jena-2020/weather.csv, weather, date, file, T (degC)",
    "nycflights13-weather/weather.csv, weather, time_hour, origin, temp",
    "embed/weather.csv, weather, date, location, temp_max",
    "embed/goog_daily_ohlcv.csv, stock, date, file, adj_close",
    "stocks-36/aapl.us.csv, stock, Date, file, Close",
    "stocknet-88/AAPL.csv, stock, Date, file, Adj Close",
    "dirty/wti-daily.csv, none, Date, file, Price",
    "dirty/EA-15m-no-bad-divs.csv, stock, Datetime, file, Adj Close"
  })
  void guessesWhatPeopleWould(
      String file, String preset, String time, String series, String target) {
    Map<String, String> guesses =
        draft(Fixtures.real(file)).guesses().stream()
            .collect(Collectors.toMap(Guess::key, Guess::value));
    assertEquals(preset, guesses.get("preset"));
    assertEquals(time, guesses.get("source.time"));
    assertEquals(series, guesses.getOrDefault("source.series", guesses.get("source.series_of")));
    assertEquals(target, guesses.get("target"));
  }

  @Test
  void everyDirtyFileGetsIn() throws IOException {
    try (Stream<Path> files = Files.list(Fixtures.real("dirty"))) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
      assertTrue(all.size() > 20);
      all.forEach(RealDraftTest::draft);
    }
  }

  @Test
  void stationsOfSeveralFilesAreSeries() throws IOException {
    try (Stream<Path> files = Files.list(Fixtures.real("prsa-beijing"))) {
      Path[] all = files.filter(file -> file.toString().endsWith(".csv")).toArray(Path[]::new);
      Map<String, String> guesses =
          draft(all).guesses().stream().collect(Collectors.toMap(Guess::key, Guess::value));
      assertEquals("station", guesses.get("source.series"));
      assertEquals("year, month, day, hour", guesses.get("source.time"));
      assertEquals("type: compass, required: false, fill: 6", guesses.get("columns.wd"));
    }
  }
}
