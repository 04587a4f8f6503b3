package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.report.RunRecord;
import io.gatecast.forecasting.window.Fold;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves which data is enough for a run, and that what is not is refused for its true reason. */
class PreparedDataTest {
  private static final String SOURCE = "source: {csv: small.csv, time: date, series: place}";

  /** Places with so many days each, the last of them shifted by some days from the common end. */
  private static JobSpec job(Path folder, int daysOfA, int daysOfB, int endsEarlier) {
    Random random = new Random(3);
    StringBuilder csv = new StringBuilder("date,place,y\n");
    LocalDate end = LocalDate.of(2021, 6, 30);
    for (int back = 0; back < daysOfA; back++) {
      row(csv, end.minusDays(back), "a", random);
    }
    for (int back = endsEarlier; back < daysOfB + endsEarlier; back++) {
      row(csv, end.minusDays(back), "b", random);
    }
    SmallJob.write(folder.resolve("small.csv"), csv.toString());
    return SmallJob.job(folder, SOURCE, SmallJob.STAYS);
  }

  private static void row(StringBuilder csv, LocalDate day, String place, Random random) {
    csv.append(day).append(',').append(place).append(',');
    csv.append(10 + random.nextInt(1000) / 100.0).append('\n');
  }

  private static Fold prepare(JobSpec job) {
    return PreparedData.of(job, JobRunner.read(job));
  }

  private static JobFault fault(JobSpec job) {
    JobFault fault = assertThrows(JobFault.class, () -> prepare(job));
    assertEquals(ExitCode.DATA, fault.exit());
    return fault;
  }

  @Test
  void aShortSeriesBesideALongOneIsEnoughWhereEachPartHasItsWindows(@TempDir Path folder) {
    Fold data = prepare(job(folder, 400, 200, 0));
    assertTrue(data.train().size() > 0);
  }

  @Test
  void theFewestDaysThatGiveEveryWindowAreEnoughAndOneLessIsNot(@TempDir Path folder) {
    int days = 60;
    while (!enough(job(folder, days, days, 0))) {
      days++;
    }
    int validation =
        (int) prepare(job(folder, days, days, 0)).validation().origins().stream().count() / 2;
    assertEquals(19, validation, "the validation part is what it hangs on");
    JobFault fault = fault(job(folder, days - 1, days - 1, 0));
    assertTrue(fault.expected().contains("at least 19 complete windows"), fault::getMessage);
    assertTrue(fault.found().startsWith("18 in "), fault::getMessage);
    assertTrue(fault.action().contains("too short"), fault::getMessage);
  }

  private static boolean enough(JobSpec job) {
    try {
      return prepare(job).test().size() > 0;
    } catch (JobFault tooShort) {
      return false;
    }
  }

  @Test
  void aSeriesThatBeginsAfterTheTrainPartIsNamedAsSuch(@TempDir Path folder) {
    JobFault fault = fault(job(folder, 400, 60, 0));
    assertTrue(fault.where().contains("series b"), fault::getMessage);
    assertTrue(fault.action().contains("begins too late"), fault::getMessage);
  }

  @ParameterizedTest
  @CsvSource({"1e300, sentinel", "7, constant"})
  void aSentinelBeyondAllBoundsAndAConstantAreToldApart(
      String value, String word, @TempDir Path folder) {
    JobSpec job = job(folder, 300, 300, 0);
    String csv = SmallJob.text(folder.resolve("small.csv"));
    String damaged =
        word.equals("constant")
            ? csv.replaceAll("(?m),a,.*$", ",a," + value)
            : csv.replaceFirst("(?m)^(2020-10-01,a),.*$", "$1," + value);
    SmallJob.write(folder.resolve("small.csv"), damaged);
    JobFault fault = fault(job);
    assertTrue((fault.found() + fault.action()).contains(word), fault::getMessage);
    assertTrue(fault.where().contains("series a"), fault::getMessage);
  }

  @Test
  void aTargetThatStandsStillHasNoScaleForItsErrors(@TempDir Path folder) {
    job(folder, 300, 300, 0);
    String csv = SmallJob.text(folder.resolve("small.csv")).replaceAll("(?m),a,.*$", ",a,5");
    SmallJob.write(folder.resolve("small.csv"), csv);
    JobFault fault = fault(SmallJob.job(folder, SOURCE, "transform: none\n" + SmallJob.STAYS));
    assertTrue(fault.where().contains("series a"), fault::getMessage);
    assertTrue(fault.expected().contains("scales its errors"), fault::getMessage);
  }

  @Test
  void aSeriesThatEndsBeforeTheOthersIsNoted(@TempDir Path folder) {
    RunRecord run = SmallJob.run(folder.resolve("home"), job(folder, 400, 385, 15));
    assertEquals(1, run.notes().size());
    assertTrue(run.notes().get(0).startsWith("series b ends at 2021-06-15"), run.notes()::toString);
    assertEquals(
        List.of("2021-07-01", "2021-06-16"),
        List.of(SmallJob.rows(run).get(0)[2], SmallJob.rows(run).get(3)[2]));
  }
}
