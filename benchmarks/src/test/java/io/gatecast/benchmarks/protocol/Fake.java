package io.gatecast.benchmarks.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** A model that repeats the last value plus its seed, and notes its fits. */
final class Fake implements ProtocolModel {
  private final String name;
  private final String settings;
  private final boolean seeded;
  final List<String> fits = new ArrayList<>();

  /** Called with the number of fits so far, before each. */
  private final IntConsumer before;

  Fake(String name, String settings, boolean seeded, IntConsumer before) {
    this.name = name;
    this.settings = settings;
    this.seeded = seeded;
    this.before = before;
  }

  Fake(String name, String settings, boolean seeded) {
    this(name, settings, seeded, fits -> {});
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String settings(ProtocolCell cell) {
    return settings;
  }

  @Override
  public boolean seeded() {
    return seeded;
  }

  @Override
  public ProtocolForecaster fit(
      ProtocolCell cell, ProtocolData data, long seed, ProgressListener progress) {
    before.accept(fits.size());
    fits.add(cell + " " + seed);
    progress.progress(0.5, "half");
    ProtocolForecaster last = new RepeatLast().fit(cell, data, seed, progress);
    return new ProtocolForecaster() {
      @Override
      public float[] forecast(float[] inputs, int windows) {
        float[] forecasts = last.forecast(inputs, windows);
        for (int i = 0; i < forecasts.length; i++) {
          forecasts[i] += 0.01f * seed;
        }
        return forecasts;
      }

      @Override
      public Map<String, Object> facts() {
        return Map.of("epochs", 3);
      }
    };
  }
}
