package io.gatecast.benchmarks;

import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.sides.Dl4jPeer;
import io.gatecast.benchmarks.sides.GatecastInDl4j;
import io.gatecast.benchmarks.sides.OnnxRuntimePeer;
import io.gatecast.benchmarks.sides.PyTorchPeer;
import java.util.List;
import java.util.stream.Stream;

/** The peers by name. */
final class Peers {
  /** No side, but a rate to be held against; of {@code kernels} alone. */
  static final String SGEMM = "sgemm";

  private Peers() {}

  /**
   * Checks names.
   *
   * @param names as typed
   * @param sgemm whether there is something to hold against {@link #SGEMM}
   * @throws IllegalArgumentException if a name is none, naming those that there are
   */
  static void check(List<String> names, boolean sgemm) {
    for (String name : names) {
      if (!name.equals(SGEMM)) {
        named(name, "");
      } else if (!sgemm) {
        throw new IllegalArgumentException(
            "--peers: expected sgemm with kernels alone: it is held against a training step");
      }
    }
  }

  private static List<Side> all(String engine) {
    return List.of(
        new PyTorchPeer(), new Dl4jPeer(), new OnnxRuntimePeer(), new GatecastInDl4j(engine));
  }

  /**
   * A peer.
   *
   * @param name as results call it
   * @param engine the kernel, where the peer has our layers
   * @throws IllegalArgumentException if there is none, naming those that there are
   */
  static Side named(String name, String engine) {
    List<Side> all = all(engine);
    return all.stream()
        .filter(side -> side.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--peers: expected any of "
                        + Stream.concat(all.stream().map(Side::name), Stream.of(SGEMM)).toList()
                        + ", found \""
                        + name
                        + "\""));
  }
}
