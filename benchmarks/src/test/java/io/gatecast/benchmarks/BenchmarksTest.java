package io.gatecast.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.benchmarks.recurrent.Cells;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.benchmarks.timing.Paired;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Arguments and rows; nothing here is timed. */
class BenchmarksTest {
  private static Choice choice(List<Integer> threads) {
    return new Choice(
        List.of(), List.of(), threads, List.of(), List.of(), "vector", Choice.Trouble.QUICK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kernel              | expected one of [INGEST, KERNELS, INFERENCE, SCALING, MEMORY, PROTOCOL, TABLE]",
        "kernels --sizes S,X | expected one of [S, M, L, W]",
        "kernels --cells gnu | expected one of [RNN, GRU, LSTM]",
        "kernels --threads t | 't' is not an int",
        "scaling --over time | expected one of [STEPS, BATCH, THREADS]",
        "kernels --size S    | Unknown options: '--size'",
        "--quick             | Missing required parameter: 'NAME'"
      })
  void whatIsNoArgumentIsRefusedWithWhatWouldBe(String line, String message) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Benchmarks.commandLine().setErr(new PrintWriter(err, true));
    assertEquals(2, commandLine.execute(line.trim().split(" ", -1)));
    assertTrue(err.toString().contains(message), err.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "kernels --threads 0",
    "kernels --peers torch",
    "kernels --engine portable",
    "kernels --over steps",
    "kernels --quick --brief",
    "inference --peers sgemm",
    "memory --peers pytorch",
    "table --sizes S",
    "table --brief",
    "ingest --engine blas",
    "ingest --cells lstm",
    "ingest --sizes S",
    "ingest --threads 1",
    "ingest --peers dl4j",
    "kernels --set ETTh1",
    "table --report",
    "protocol --sizes S",
    "protocol --quick",
    "protocol --set ETTh3",
    "protocol --model arima",
    "protocol --lookback 0",
    "protocol --horizon -1",
    "protocol --seeds 0",
    "protocol --report --again",
    "protocol --report --set ETTh1"
  })
  void whatDoesNotFitIsRefused(String line) {
    assertEquals(2, Benchmarks.commandLine().execute(line.split(" ", -1)));
  }

  @Test
  void anUnknownPeerIsToldWhichThereAre() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Peers.named("torch", "vector"));
    assertEquals(
        "--peers: expected any of [pytorch, dl4j, onnxruntime, gatecast-dl4j, sgemm], found \"torch\"",
        error.getMessage());
  }

  @Test
  void whatIsNotChosenTheBenchmarkChooses() {
    Choice none = choice(List.of());
    assertEquals(List.of(1), none.threadsOr(1));
    assertEquals(List.of(Cells.RNN, Cells.GRU, Cells.LSTM), none.cellsOrAll());
    assertEquals(List.of(WorkSize.Named.M), none.sizesOr(WorkSize.Named.M));
    assertEquals(List.of(Scaling.Over.values()), none.overOrAll());
    assertEquals(List.of("pytorch"), none.peersOr("pytorch"));
    assertEquals(List.of(2, 1), choice(List.of(2, 1)).threadsOr(1));
  }

  @Test
  void aRowHasTheFieldsInTheirOrder() {
    Workload workload = Workload.draw(Cells.GRU_BEFORE, WorkSize.Named.S.size(), 0);
    Paired times = new Paired(new double[] {1.23456}, new double[] {2});
    assertEquals(
        "{work=kernels, cell=gru-before, size=S, batch=32, threads=2, ours_ms=1.235,"
            + " peer=pytorch, peer_ms=2.0, ratio=0.6173, spread=0.0, engine=blas}",
        Row.of("kernels", workload, 2, "blas", "pytorch", times).toString());
  }
}
