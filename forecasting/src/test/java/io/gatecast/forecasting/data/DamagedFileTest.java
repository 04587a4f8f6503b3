package io.gatecast.forecasting.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.contract.ContractReport;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.contract.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves on randomly damaged files that no row is lost, changed or counted twice. */
class DamagedFileTest {
  private static final int ROWS = 200;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  /** The file's lines, and what must be found in them. */
  private static final class Damaged {
    final List<String> lines = new ArrayList<>(List.of("date,y,x"));
    final List<String> expected = new ArrayList<>();
    final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
    final double[] values = new double[ROWS];

    void problem(Kind kind, String column) {
      kinds.merge(kind, 1, Integer::sum);
      expected.add(lines.size() + " " + column + " " + kind);
    }
  }

  private static Damaged damage(long seed) {
    Random random = new Random(seed);
    Damaged file = new Damaged();
    Arrays.fill(file.values, Double.NaN);
    for (int day = 0; day < ROWS; day++) {
      double value = random.nextInt(1000) / 8.0;
      String date = Fixtures.DAYS.format(day);
      // The first and the last row are sound, so that the axis is known.
      int dice = day == 0 || day == ROWS - 1 ? 99 : random.nextInt(20);
      String line =
          switch (dice) {
            case 0 -> date + "," + value;
            case 1 -> date + ",,1";
            case 2 -> date + "," + value + ",NA";
            case 3 -> date + ",x" + value + ",1";
            case 4 -> date + ",-inf,1";
            case 5 -> date.replace('-', '/') + "," + value + ",1";
            case 6 -> date + " 12:00," + value + ",1";
            default -> date + "," + value + ",1";
          };
      file.lines.add(line);
      switch (dice) {
        case 0 -> file.problem(Kind.FIELDS, "");
        case 1 -> file.problem(Kind.MISSING, "y");
        case 2 -> file.problem(Kind.MISSING, "x");
        case 3 -> file.problem(Kind.NOT_A_NUMBER, "y");
        case 4 -> file.problem(Kind.NOT_FINITE, "y");
        case 5, 6 -> file.problem(Kind.BAD_TIME, "date");
        default -> file.values[day] = value;
      }
      if (dice == 7) {
        file.lines.add(line);
        file.problem(Kind.DUPLICATE, "");
      }
      if (dice == 8) {
        file.lines.add(""); // an empty line is no row, but a line
      }
    }
    return file;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyRowEndsAcceptedOrRejectedWithItsLineAndReason(long seed) {
    Damaged file = damage(seed);
    Dataset data = read("damaged.csv", file.lines);
    ContractReport report = data.report();
    int rows = (int) file.lines.stream().skip(1).filter(line -> !line.isEmpty()).count();
    assertEquals(rows, report.read());
    assertEquals(file.expected.size(), report.rejected());
    assertEquals(0, report.repaired());
    assertEquals(rows, report.accepted() + report.repaired() + report.rejected());
    assertEquals(file.kinds, report.kinds());
    assertEquals(
        file.expected,
        report.problems().stream()
            .map(problem -> problem.line() + " " + problem.column() + " " + problem.kind())
            .toList());
    assertArrayEquals(file.values, data.series().get(0).column(0));
    assertEquals(Arrays.stream(file.values).filter(Double::isNaN).count(), report.missing());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theOrderOfRowsChangesNothingButWhatIsRepaired(long seed) {
    List<String> rows = new ArrayList<>(damage(seed).lines);
    rows.remove(0);
    Dataset sorted = read("sorted.csv", withHeader(rows));
    // The first row stays: it tells whether the file has dates or times.
    Collections.shuffle(rows.subList(1, rows.size()), new Random(seed));
    Dataset shuffled = read("shuffled.csv", withHeader(rows));
    ContractReport report = shuffled.report();
    assertEquals(sorted.report().read(), report.read());
    assertEquals(sorted.report().rejected(), report.rejected());
    assertEquals(report.read(), report.accepted() + report.repaired() + report.rejected());
    assertTrue(report.repaired() > 0);
    assertEquals(report.repaired(), report.kinds().get(Kind.UNSORTED));
    assertArrayEquals(sorted.series().get(0).column(0), shuffled.series().get(0).column(0));
    assertArrayEquals(sorted.series().get(0).column(1), shuffled.series().get(0).column(1));
    assertEquals(sorted.series().get(0).time(0), shuffled.series().get(0).time(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 13, 500, 3000})
  void aFileWithTheNewestFirstIsPutInOrder(int length) {
    List<String> rows = new ArrayList<>();
    double[] values = Fixtures.walk(length, length);
    for (int day = 0; day < length; day++) {
      rows.add(Fixtures.DAYS.format(day) + "," + values[day] + ",1");
    }
    Collections.reverse(rows);
    Dataset data = read("newest.csv", withHeader(rows));
    assertEquals(1, data.report().accepted());
    assertEquals(length - 1, data.report().repaired());
    assertEquals(0, data.report().rejected());
    assertArrayEquals(values, data.series().get(0).column(0));
  }

  @Test
  void namesTheLinesOfRowsThatCameLate() {
    Dataset data =
        read(
            "late.csv",
            List.of(
                "date,y,x",
                "2020-01-01,1,1",
                "2020-01-03,3,1",
                "2020-01-02,2,1",
                "2020-01-04,4,1"));
    assertEquals(
        List.of(Fixtures.repaired(4, "", Kind.UNSORTED, "put in order")), Fixtures.problems(data));
    assertEquals(3, data.report().accepted());
  }

  private static List<String> withHeader(List<String> rows) {
    List<String> lines = new ArrayList<>(List.of("date,y,x"));
    lines.addAll(rows);
    return lines;
  }

  private Dataset read(String name, List<String> lines) {
    Path file = Fixtures.file(folder, name, lines.toArray(String[]::new));
    return Fixtures.read(Fixtures.source(file), Fixtures.lenient("y", "x"));
  }
}
