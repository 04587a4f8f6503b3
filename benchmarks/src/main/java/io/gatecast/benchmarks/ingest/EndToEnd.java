package io.gatecast.benchmarks.ingest;

import io.gatecast.forecasting.data.contract.Contract;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.window.FittedFeatures;
import io.gatecast.forecasting.window.LabelledWindows;
import io.gatecast.forecasting.window.SeriesFeatures;
import io.gatecast.forecasting.window.SeriesTransforms;
import io.gatecast.forecasting.window.Split;
import io.gatecast.forecasting.window.SplitSpec;
import io.gatecast.forecasting.window.Windowing;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a job does before a model: reads, lets rows in by the contract and the checks of its
 * preset, lays them on the axis, cuts time, fits transforms on the train part, computes features
 * and finds the windows of every part.
 *
 * @param data the series
 * @param parts windows to learn from, to stop by and to measure by
 */
public record EndToEnd(Dataset data, List<LabelledWindows> parts) {
  /** So that every one of the stocks begins in the train part. */
  private static final SplitSpec SHARES = new SplitSpec(0.1, 0.1);

  /** Copies the list. */
  public EndToEnd {
    parts = List.copyOf(parts);
  }

  /**
   * Does it.
   *
   * @param work the files, and what is made of them
   */
  public static EndToEnd run(IngestWork work) {
    Dataset data = Contract.read(work.data());
    Split split = Split.of(data, SHARES);
    List<SeriesTransforms> fitted =
        FittedFeatures.fit(data, work.features(), work.horizon(), split.trainEnd());
    List<SeriesFeatures> features = new ArrayList<>();
    for (int i = 0; i < fitted.size(); i++) {
      features.add(
          SeriesFeatures.of(data.series().get(i), fitted.get(i), work.features().calendar()));
    }
    Windowing windowing = new Windowing(features, work.lookback(), work.horizon());
    return new EndToEnd(
        data,
        List.of(
            windowing.cut(split, Split.Part.TRAIN),
            windowing.cut(split, Split.Part.VALIDATION),
            windowing.cut(split, Split.Part.TEST)));
  }

  /** Windows of all parts. */
  public int windows() {
    return parts.stream().mapToInt(LabelledWindows::size).sum();
  }
}
