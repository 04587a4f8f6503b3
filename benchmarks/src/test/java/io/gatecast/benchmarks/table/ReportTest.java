package io.gatecast.benchmarks.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows as they come from JSON, and the Markdown word for word. */
class ReportTest {
  private static Map<String, Object> row(String work, String size, int threads, double ratio) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("work", work);
    row.put("cell", "lstm");
    row.put("size", size);
    row.put("batch", 32);
    row.put("threads", threads);
    row.put("ours_ms", 12.34);
    row.put("peer", "pytorch");
    row.put("peer_ms", 12.34 / ratio);
    row.put("ratio", ratio);
    row.put("spread", 0.031);
    row.put("engine", "vector");
    return row;
  }

  private static String markdown(List<Map<String, Object>> rows) {
    return Report.markdown(Map.of("load_before", "0.1"), rows);
  }

  @Test
  void sizesAreColumnsAndWhatWasNotMeasuredIsEmpty() {
    assertEquals(
        """
        load before: 0.1.

        **Training step, ours (vector) / pytorch (quartiles apart by at most 0.03).**

        | cell | threads | S | M |
        |---|---|---|---|
        | lstm | 1 | **0.50** (12.3 / 24.7 ms) | **2.00** (12.3 / 6.17 ms) |
        | lstm | 2 | **0.13** (12.3 / 98.7 ms) |  |""",
        markdown(
            List.of(
                row("kernels", "S", 1, 0.5),
                row("kernels", "S", 2, 0.125),
                row("kernels", "M", 1, 2))));
  }

  @Test
  void anotherEngineIsAnotherTable() {
    Map<String, Object> blas = row("kernels", "S", 1, 1);
    blas.put("engine", "blas");
    assertEquals(
        """
        load before: 0.1.

        **Training step, ours (vector) / pytorch (quartiles apart by at most 0.03).**

        | cell | threads | S |
        |---|---|---|
        | lstm | 1 | **1.00** (12.3 / 12.3 ms) |

        **Training step, ours (blas) / pytorch (quartiles apart by at most 0.03).**

        | cell | threads | S |
        |---|---|---|
        | lstm | 1 | **1.00** (12.3 / 12.3 ms) |""",
        markdown(List.of(row("kernels", "S", 1, 1), blas)));
  }

  @Test
  void inferenceSaysWhatItAllocates() {
    Map<String, Object> row = row("inference", "S", 1, 0.5);
    row.put("bytes_per_forecast", 64);
    assertEquals(
        """
        load before: 0.1.

        **Inference, ours (vector) / pytorch (quartiles apart by at most 0.03); last the heap that \
        a run of ours takes.**

        | cell | threads | S, batch 32 |
        |---|---|---|
        | lstm | 1 | **0.50** (12.3 / 24.7 ms), 64 B |""",
        markdown(List.of(row)));
  }

  @Test
  void growthHasItsExponents() {
    Map<String, Object> row = row("scaling", "M", 1, 0.5);
    row.put("over", "steps");
    row.put("at", 24);
    row.put("ours_exponent", 1.004);
    row.put("peer_exponent", 0.9);
    assertEquals(
        """
        load before: 0.1.

        **Growth of a training step, ours (vector) / pytorch (quartiles apart by at most 0.03).**

        | cell | size | over | at | threads | ratio (ours / peer) | exponent, ours | exponent, peer |
        |---|---|---|---|---|---|---|---|
        | lstm | M | steps | 24 | 1 | **0.50** (12.3 / 24.7 ms) | 1.00 | 0.90 |""",
        markdown(List.of(row)));
  }

  @Test
  void memoryHasBothMoments() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("work", "memory");
    row.put("what", "forecasts");
    row.put("cell", "lstm");
    row.put("size", "S");
    row.put("batch", 1);
    row.put("count", 1_000_000);
    for (String kind : List.of("heap", "native", "rss")) {
      row.put(kind + "_mb_early", 10.0);
      row.put(kind + "_mb_late", 10.5);
    }
    row.put("growth", -0.0123);
    assertEquals(
        """
        load before: 0.1.

        **Memory after a tenth of a run and at its end.**

        | run | cell | size | count | heap MiB, early → late | native MiB, early → late | \
        rss MiB, early → late | growth |
        |---|---|---|---|---|---|---|---|
        | forecasts, batch 1 | lstm | S | 1000000 | 10.0 → 10.5 | 10.0 → 10.5 | 10.0 → 10.5 | \
        -1.2 % |""",
        markdown(List.of(row)));
  }

  @Test
  void aRowWithoutAFieldIsRefused() {
    Map<String, Object> row = row("kernels", "S", 1, 1);
    row.remove("ratio");
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> markdown(List.of(row)));
    assertEquals("ratio: expected a number, found null", error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "0.012345, 0.0123",
    "0.12345, 0.123",
    "1.2345, 1.23",
    "12.345, 12.3",
    "123.45, 123",
    "1234.4, 1234"
  })
  void timesHaveThreeDigits(double value, String text) {
    assertEquals(text, Report.milliseconds(value));
  }
}
