package io.gatecast.core.kernel;

import static io.gatecast.core.kernel.DrawnLayer.check;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.spec.CellSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What the contract does not ask: strides, workspaces, and arguments that do not fit. */
class PortableKernelTest {
  private static final int BATCH = 4;
  private static final int TIME = 5;

  private final LayerKernel kernel = new PortableKernel();

  @ParameterizedTest
  @MethodSource("io.gatecast.core.kernel.DrawnLayer#shapes")
  void stridesDoNotMatter(LayerShape shape) {
    for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
      DrawnLayer drawn = masked(DrawnLayer.of(shape, BATCH, TIME, type));
      Map<String, INDArray> expected = drawn.run(kernel);
      LayerArrays zeros = DrawnLayer.zeros(shape, type);
      for (Layout layout : Layout.values()) {
        DrawnLayer other =
            new DrawnLayer(
                shape,
                layout.of(drawn.weights()),
                layout.of(drawn.x()),
                layout.of(Objects.requireNonNull(drawn.mask())),
                layout.of(drawn.initial()),
                layout.of(drawn.dOut()),
                layout.of(drawn.dLast()));
        Map<String, INDArray> found =
            other.run(
                kernel, layout.of(drawn.newOut()), layout.of(zeros), layout.of(drawn.x().like()));
        check(expected, found, 0);
      }
    }
  }

  /** Ways for the same values to lie in memory. */
  private enum Layout {
    FORTRAN {
      @Override
      INDArray of(INDArray array) {
        return array.dup('f');
      }
    },
    PERMUTED {
      @Override
      INDArray of(INDArray array) {
        int rank = array.rank();
        int[] turned = new int[rank];
        int[] back = new int[rank];
        for (int i = 0; i < rank; i++) {
          turned[i] = (i + 1) % rank;
          back[turned[i]] = i;
        }
        return array.permute(turned).dup('c').permute(back);
      }
    },
    /** Every other element of something larger. */
    VIEW {
      @Override
      INDArray of(INDArray array) {
        long[] shape = array.shape().clone();
        INDArrayIndex[] within = new INDArrayIndex[shape.length];
        for (int i = 0; i < shape.length; i++) {
          within[i] = NDArrayIndex.interval(1, 2, 1 + 2 * shape[i]);
          shape[i] = 2 * shape[i] + 2;
        }
        return Nd4j.zeros(array.dataType(), shape).get(within).assign(array);
      }
    };

    abstract INDArray of(INDArray array);

    LayerState of(LayerState state) {
      INDArray c = state.c();
      return new LayerState(of(state.h()), c == null ? null : of(c));
    }

    LayerArrays of(LayerArrays arrays) {
      INDArray recurrentBias = arrays.recurrentBias();
      return new LayerArrays(
          of(arrays.input()),
          of(arrays.recurrent()),
          of(arrays.bias()),
          recurrentBias == null ? null : of(recurrentBias));
    }
  }

  private static DrawnLayer masked(DrawnLayer drawn) {
    INDArray mask = Nd4j.ones(drawn.type(), drawn.batch(), drawn.time());
    mask.putScalar(0, drawn.time() - 1, 0);
    mask.putScalar(drawn.batch() - 1, 0, 0);
    return drawn.with(drawn.x(), mask);
  }

  @ParameterizedTest
  @MethodSource("io.gatecast.core.kernel.DrawnLayer#shapes")
  void argumentsStayAsTheyWere(LayerShape shape) {
    DrawnLayer drawn = masked(DrawnLayer.of(shape, BATCH, TIME, DataType.FLOAT));
    Map<String, INDArray> before = new LinkedHashMap<>();
    drawn.given().forEach((name, array) -> before.put(name, array.dup()));
    drawn.run(kernel);
    check(before, drawn.given(), 0);
  }

  @ParameterizedTest
  @MethodSource("io.gatecast.core.kernel.DrawnLayer#shapes")
  void nothingIsTakenFromTheCallersWorkspace(LayerShape shape) {
    DrawnLayer drawn = masked(DrawnLayer.of(shape, BATCH, TIME, DataType.FLOAT));
    Map<String, INDArray> expected = drawn.run(kernel);
    INDArray out = drawn.newOut();
    LayerArrays gradients = DrawnLayer.zeros(shape, DataType.FLOAT);
    INDArray dx = drawn.x().like();
    WorkspaceConfiguration configuration =
        WorkspaceConfiguration.builder().initialSize(1 << 20).build();
    Map<String, INDArray> found;
    MemoryWorkspace used;
    try (MemoryWorkspace workspace =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(configuration, "PortableKernelTest")) {
      used = workspace;
      assertTrue(Nd4j.create(DataType.FLOAT, 1).isAttached(), "the workspace is in use");
      long offset = workspace.getPrimaryOffset();
      found = drawn.run(kernel, out, gradients, dx);
      assertEquals(offset, workspace.getPrimaryOffset());
      found.forEach((name, array) -> assertFalse(array.isAttached(), name));
    }
    Nd4j.getWorkspaceManager().destroyWorkspace(used);
    check(expected, found, 0);
  }

  @ParameterizedTest
  @MethodSource("io.gatecast.core.kernel.DrawnLayer#shapes")
  void resultsMayLieInAWorkspace(LayerShape shape) {
    DrawnLayer drawn = masked(DrawnLayer.of(shape, BATCH, TIME, DataType.FLOAT));
    Map<String, INDArray> expected = drawn.run(kernel);
    WorkspaceConfiguration configuration =
        WorkspaceConfiguration.builder().initialSize(1 << 20).build();
    MemoryWorkspace used;
    try (MemoryWorkspace workspace =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(configuration, "PortableKernelTest")) {
      used = workspace;
      Map<String, INDArray> found = drawn.run(kernel);
      assertTrue(DrawnLayer.at(found, "out").isAttached());
      check(expected, found, 0);
    }
    Nd4j.getWorkspaceManager().destroyWorkspace(used);
  }

  @ParameterizedTest
  @MethodSource("io.gatecast.core.kernel.DrawnLayer#shapes")
  void withoutMaskAndStateAndDxIsFromZerosWithoutPadding(LayerShape shape) {
    DrawnLayer drawn = DrawnLayer.of(shape, BATCH, TIME, DataType.FLOAT);
    for (LayerState state : List.of(drawn.initial(), drawn.dLast())) {
      state.h().assign(0);
      if (state.c() != null) {
        state.c().assign(0);
      }
    }
    INDArray ones = Nd4j.ones(DataType.BOOL, BATCH, TIME);
    Map<String, INDArray> expected = drawn.with(drawn.x(), ones).run(kernel);
    expected.remove("dx");

    INDArray out = drawn.newOut();
    LayerKernel.Pass pass =
        kernel.forward(shape, drawn.weights(), drawn.x(), null, null, out, true);
    LayerArrays gradients = DrawnLayer.zeros(shape, DataType.FLOAT);
    Map<String, INDArray> found = new LinkedHashMap<>();
    found.put("out", out);
    found.putAll(DrawnLayer.named("last.", pass.last()));
    found.putAll(DrawnLayer.named("first.", pass.backward(drawn.dOut(), null, gradients, null)));
    found.putAll(DrawnLayer.named("gradients.", gradients));
    check(expected, found, 0);
  }

  @Test
  void lastStatesAreFresh() {
    LayerShape shape = new LayerShape(new CellSpec.Lstm(), 2, 3);
    DrawnLayer drawn = DrawnLayer.of(shape, BATCH, TIME, DataType.FLOAT);
    LayerKernel.Pass pass = drawn.forward(kernel, drawn.newOut(), false);
    LayerState last = pass.last();
    INDArray h = last.h().dup();
    last.h().assign(7);
    assertEquals(h, pass.last().h());
  }

  @Test
  void wayBackNeedsKeepingAndIsThereOnce() {
    LayerShape shape = new LayerShape(new CellSpec.Gru(CellSpec.Reset.BEFORE), 2, 3);
    DrawnLayer drawn = DrawnLayer.of(shape, BATCH, TIME, DataType.FLOAT);
    LayerArrays gradients = DrawnLayer.zeros(shape, DataType.FLOAT);
    LayerKernel.Pass lost = drawn.forward(kernel, drawn.newOut(), false);
    assertThrows(
        IllegalStateException.class, () -> lost.backward(drawn.dOut(), null, gradients, null));
    LayerKernel.Pass kept = drawn.forward(kernel, drawn.newOut(), true);
    kept.backward(drawn.dOut(), null, gradients, null);
    assertThrows(
        IllegalStateException.class, () -> kept.backward(drawn.dOut(), null, gradients, null));
  }

  @Test
  void reluLetsWhatIsNotANumberThrough() {
    LayerShape shape = new LayerShape(new CellSpec.Rnn(CellSpec.Activation.RELU), 1, 1);
    DrawnLayer drawn = DrawnLayer.of(shape, 1, 1, DataType.FLOAT);
    drawn.x().assign(Double.NaN);
    INDArray out = drawn.newOut();
    drawn.forward(kernel, out, false);
    assertTrue(Double.isNaN(out.getDouble(0)));
  }

  @Test
  void misfitsAreNamed() {
    LayerShape shape = new LayerShape(new CellSpec.Lstm(), 2, 3);
    DrawnLayer d = DrawnLayer.of(shape, 4, 5, DataType.FLOAT);
    LayerArrays w = d.weights();
    INDArray out = d.newOut();
    INDArray wrong = Nd4j.create(DataType.FLOAT, 4, 3, 6);
    LayerState noCell = new LayerState(d.initial().h(), null);

    refused("x: expected [batch, 2, time], found [4, 3, 6]", d, w, wrong, null, null, out);
    refused("out: expected [4, 3, 5], found [4, 3, 6]", d, w, d.x(), null, null, wrong);
    refused("mask: expected [4, 5], found [4, 3, 6]", d, w, d.x(), wrong, null, out);
    refused("initial.c: expected [4, 3], found none", d, w, d.x(), null, noCell, out);
    refused(
        "weights.recurrentBias: expected none, found [4, 3, 6]",
        d,
        new LayerArrays(w.input(), w.recurrent(), w.bias(), wrong),
        d.x(),
        null,
        null,
        out);
    refused(
        "weights.bias: expected FLOAT, as the input weights are, found DOUBLE",
        d,
        new LayerArrays(w.input(), w.recurrent(), w.bias().castTo(DataType.DOUBLE), null),
        d.x(),
        null,
        null,
        out);
    DataType half = DataType.FLOAT16;
    refused(
        "weights.input: expected FLOAT or DOUBLE, found " + half,
        d,
        new LayerArrays(
            w.input().castTo(half), w.recurrent().castTo(half), w.bias().castTo(half), null),
        d.x(),
        null,
        null,
        out);

    LayerKernel.Pass pass = d.forward(kernel, out, true);
    LayerArrays swapped = new LayerArrays(w.recurrent(), w.recurrent(), w.bias(), null);
    refused("dLast.c: expected [4, 3], found none", () -> pass.backward(d.dOut(), noCell, w, null));
    refused("dOut: expected [4, 3, 5], found [4, 3, 6]", () -> pass.backward(wrong, null, w, null));
    refused(
        "dx: expected [4, 2, 5], found [4, 3, 6]", () -> pass.backward(d.dOut(), null, w, wrong));
    refused(
        "gradients.input: expected [2, 12], found [3, 12]",
        () -> pass.backward(d.dOut(), null, swapped, null));
  }

  private void refused(
      String message,
      DrawnLayer drawn,
      LayerArrays weights,
      INDArray x,
      @Nullable INDArray mask,
      @Nullable LayerState initial,
      INDArray out) {
    refused(message, () -> kernel.forward(drawn.shape(), weights, x, mask, initial, out, true));
  }

  private static void refused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
