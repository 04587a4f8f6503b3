package io.gatecast.benchmarks.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadTest {
  private static final WorkSize TINY = new WorkSize("tiny", 2, 3, 2, 4, 5);

  @Test
  void theSameArgumentsGiveTheSameNumbers() {
    Workload first = Workload.draw(Cells.LSTM.spec(), TINY, 0.1);
    Workload second = Workload.draw(Cells.LSTM.spec(), TINY, 0.2);
    assertEquals(first.weights(), second.weights());
    assertArrayEquals(first.x(), second.x());
    assertArrayEquals(first.target(), second.target());
  }

  @Test
  void timeMajorHasEachStepsWindowsTogether() {
    Workload workload = Workload.draw(Cells.RNN.spec(), TINY, 0);
    float[] x = workload.x();
    float[] found = workload.timeMajor();
    for (int row = 0; row < 2; row++) {
      for (int step = 0; step < 3; step++) {
        for (int input = 0; input < 2; input++) {
          assertEquals(x[(row * 3 + step) * 2 + input], found[(step * 2 + row) * 2 + input]);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSizeIsCalledAsItIsChosen(WorkSize.Named size) {
    assertEquals(size.name(), size.size().name());
    assertEquals("gru " + size, Workload.draw(Cells.GRU.spec(), size.size(), 0).toString());
  }

  @Test
  void theVariantOfTheGruIsInTheName() {
    assertEquals("gru", Cells.label(Cells.GRU.spec()));
    assertEquals("gru-before", Cells.label(Cells.GRU_BEFORE));
    assertEquals("lstm", Cells.label(Cells.LSTM.spec()));
  }
}
