package io.gatecast.benchmarks.protocol;

import io.gatecast.benchmarks.sides.ProtocolPeer;
import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.spec.NetworkSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run of the protocol costs here and in PyTorch, through DJL, for the same epochs: see
 * {@link ProtocolPeer}. It measures and stores nothing.
 */
public final class ProtocolCost {
  private ProtocolCost() {}

  /**
   * Measures every network of segments among an order's models, once a cell.
   *
   * @param order sets, look-backs, horizons and models; seeds do not matter
   * @param source of the sets
   * @return a row for each cell and model
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if a model is no network of segments
   */
  public static List<Map<String, Object>> run(Protocol.Order order, Protocol.Source source)
      throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ProtocolSet set : order.sets()) {
      ProtocolData data = source.read(set).withoutTest();
      for (int lookback : order.lookbacks()) {
        for (int horizon : order.horizons()) {
          for (ProtocolModel model : order.models()) {
            rows.add(row(new ProtocolCell(set, lookback, horizon), model, data));
          }
        }
      }
    }
    return rows;
  }

  private static Map<String, Object> row(
      ProtocolCell cell, ProtocolModel model, ProtocolData data) {
    if (!(model instanceof NetworkModel network) || network.recipe(cell).segments().isEmpty()) {
      throw new IllegalArgumentException(
          "--model: expected networks of segments beside --peer, found " + model.name());
    }
    Recipe recipe = network.recipe(cell);
    NetworkSpec spec = recipe.spec(cell, data.channels());
    int threads = Kernels.chosenThreads();
    ProtocolPeer.Times times =
        new ProtocolPeer(
                new ProtocolPeer.Job(
                    spec,
                    recipe.training(1),
                    data.windows(ProtocolPart.TRAIN, cell.lookback(), cell.horizon()),
                    data.windows(ProtocolPart.VALIDATION, cell.lookback(), cell.horizon()),
                    threads))
            .measure(ProtocolPeer.FULL);
    int epochs = recipe.epochs() * recipe.members();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("work", "protocol");
    row.put("set", cell.set().label());
    row.put("lookback", cell.lookback());
    row.put("horizon", cell.horizon());
    row.put("model", model.name());
    row.put("settings", recipe.toString());
    row.put("engine", times.kernel());
    row.put("threads", threads);
    row.put("epochs", epochs);
    row.put("ours_ms", times.step().oursMs());
    row.put("peer", "pytorch");
    row.put("peer_ms", times.step().peerMs());
    row.put("ratio", times.ratio());
    row.put("spread", times.step().spread());
    row.put("ours_s", times.oursSeconds(epochs));
    row.put("peer_s", times.peerSeconds(epochs));
    return row;
  }
}
