package io.gatecast.benchmarks.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Against counts by hand. */
class StepFlopsTest {
  /** One window of one step, 3 inputs, 2 hidden, 5 outputs. */
  private static final WorkSize ONE = new WorkSize("one", 1, 1, 3, 2, 5);

  @Test
  void aStepIsForwardAndTwiceBackwardAndTheHead() {
    int forward = 2 * 2 * (2 + 3);
    int states = 2 * 2 * 2;
    int head = 3 * 2 * 2 * 5;
    assertEquals(forward + forward + states + head, StepFlops.of(Cells.RNN.spec(), ONE));
  }

  @Test
  void gatesWidenTheLayerAlone() {
    double head = 60;
    double rnn = StepFlops.of(Cells.RNN.spec(), ONE) - head;
    assertEquals(3 * rnn, StepFlops.of(Cells.GRU.spec(), ONE) - head);
    assertEquals(4 * rnn, StepFlops.of(Cells.LSTM.spec(), ONE) - head);
  }

  @Test
  void stepsAddToTheLayerAlone() {
    double head = 60;
    double rnn = StepFlops.of(Cells.RNN.spec(), ONE) - head;
    assertEquals(7 * rnn + head, StepFlops.of(Cells.RNN.spec(), ONE.withSteps(7)));
    assertEquals(7 * (rnn + head), StepFlops.of(Cells.RNN.spec(), ONE.withBatch(7)));
  }
}
