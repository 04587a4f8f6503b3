package io.gatecast.benchmarks;

import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.sides.Dl4jPeer;
import io.gatecast.benchmarks.sides.GatecastInDl4j;
import io.gatecast.benchmarks.sides.OnnxRuntimePeer;
import io.gatecast.benchmarks.sides.PyTorchPeer;
import java.util.List;

/** The peers by name. */
final class Peers {
  private Peers() {}

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
                        + all.stream().map(Side::name).toList()
                        + ", found \""
                        + name
                        + "\""));
  }
}
