package io.gatecast.forecasting.job;

import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.model.NetworkSettings;
import io.gatecast.forecasting.model.RecurrentForecaster;
import io.gatecast.forecasting.registry.JobStore;
import io.gatecast.forecasting.registry.ModelBundle;
import io.gatecast.forecasting.transform.CalendarFeature;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.SeriesFeatures;
import io.gatecast.forecasting.window.SeriesTransforms;
import io.gatecast.forecasting.window.Windowing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The network that was promoted last, with its own transforms, on today's data: what a candidate
 * has to match. It counts only where it learned nothing from what it is tested on.
 *
 * @param model ready to forecast; null where there is none to compare
 * @param note why there is none although one was promoted; null otherwise
 */
record Champion(@Nullable RecurrentForecaster model, @Nullable String note)
    implements AutoCloseable {

  /** Its name in tables, where there is one. */
  Optional<String> name() {
    return Optional.ofNullable(model).map(RecurrentForecaster::name);
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
    }
  }

  /** Looks for it. */
  static Champion of(JobSpec job, Fold fold, JobStore store) {
    Optional<Path> run = store.newest(ModelBundle.MANIFEST);
    if (run.isEmpty()) {
      return new Champion(null, null);
    }
    String name = "champion of run " + run.get().getFileName();
    ModelBundle.Content content;
    try {
      content = ModelBundle.read(run.get());
    } catch (IOException e) {
      return new Champion(null, name + " not compared: " + e.getMessage());
    }
    String why = difference(job, fold, content);
    if (why == null) {
      try {
        RecurrentForecaster model = forecaster(name, job, fold, content);
        model.windows(fold.validation().origins());
        model.windows(fold.test().origins());
        model.windows(fold.windowing().lastOrigins());
        return new Champion(model, null);
      } catch (IllegalArgumentException | JobFault e) {
        why = "it cannot read today's data: " + e.getMessage();
      }
    }
    content.members().forEach(member -> member.network().close());
    return new Champion(null, name + " not compared: " + why);
  }

  /** Why it cannot be compared; null where it can. */
  private static @Nullable String difference(JobSpec job, Fold fold, ModelBundle.Content content) {
    ModelBundle.Manifest manifest = content.manifest();
    if (!manifest.target().equals(job.target()) || manifest.horizon() != job.horizon()) {
      return "it forecasts "
          + manifest.target()
          + " "
          + manifest.horizon()
          + " steps ahead, the job "
          + job.target()
          + " "
          + job.horizon();
    }
    TimeAxis axis = fold.data().axis();
    List<String> calendar = calendar(job, axis);
    if (!manifest.axis().equals(axis.label()) || !manifest.calendar().equals(calendar)) {
      return "it reads steps of "
          + manifest.axis()
          + " and the cycles "
          + manifest.calendar()
          + ", the job "
          + axis.label()
          + " and "
          + calendar;
    }
    if (manifest.trainEnd() > fold.split().trainEnd()
        || manifest.validationEnd() > fold.split().validationEnd()) {
      return "it has learned from what it would be calibrated or tested on";
    }
    List<String> series = content.transforms().stream().map(SeriesTransforms::series).toList();
    List<String> now = fold.data().series().stream().map(TimeSeries::name).toList();
    return series.containsAll(now) ? null : "it does not know all of the series " + now;
  }

  /** The cycles that a job's networks read, by name. */
  static List<String> calendar(JobSpec job, TimeAxis axis) {
    return job.calendar(axis).stream().map(CalendarFeature::label).toList();
  }

  private static RecurrentForecaster forecaster(
      String name, JobSpec job, Fold fold, ModelBundle.Content content) {
    Map<String, SeriesTransforms> transforms = new HashMap<>();
    content.transforms().forEach(one -> transforms.put(one.series(), one));
    List<SeriesFeatures> features = new ArrayList<>();
    for (TimeSeries series : fold.data().series()) {
      SeriesTransforms own = transforms.get(series.name());
      if (own == null) {
        throw new IllegalArgumentException("no transforms of series " + series.name());
      }
      features.add(SeriesFeatures.of(series, own, job.calendar(fold.data().axis())));
    }
    ModelBundle.Manifest manifest = content.manifest();
    int horizon =
        manifest.settings().strategy() == NetworkSettings.Strategy.RECURSIVE
            ? 1
            : manifest.horizon();
    Windowing windowing = new Windowing(features, manifest.lookback(), horizon);
    if (windowing.width() != manifest.inputs()) {
      throw new IllegalArgumentException(
          "expected " + manifest.inputs() + " features, found " + windowing.width());
    }
    return new RecurrentForecaster(name, content.members(), windowing, manifest.horizon());
  }
}
