package io.gatecast.forecasting.window;

import io.gatecast.forecasting.data.History;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/** Where windows end, as two numbers each: which series, and which of its steps. */
final class WindowList {
  private final List<SeriesFeatures> features;
  private int[] series = new int[16];
  private int[] origins = new int[16];
  private int size;

  WindowList(List<SeriesFeatures> features) {
    this.features = List.copyOf(features);
  }

  void add(int ofSeries, int origin) {
    if (size == series.length) {
      series = Arrays.copyOf(series, 2 * size);
      origins = Arrays.copyOf(origins, 2 * size);
    }
    series[size] = ofSeries;
    origins[size] = origin;
    size++;
  }

  /** Forgets what stands empty. */
  WindowList trimmed() {
    series = Arrays.copyOf(series, size);
    origins = Arrays.copyOf(origins, size);
    return this;
  }

  int size() {
    return size;
  }

  SeriesFeatures features(int window) {
    return features.get(series[window]);
  }

  int origin(int window) {
    return origins[window];
  }

  /** Features a step. */
  int width() {
    return features.get(0).width();
  }

  /** The origins as histories, each made when it is asked for. */
  List<History> histories() {
    return new AbstractList<>() {
      @Override
      public History get(int window) {
        return new History(features(window).series(), origin(window));
      }

      @Override
      public int size() {
        return size;
      }
    };
  }
}
