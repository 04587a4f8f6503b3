package io.gatecast.forecasting.job;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.forecasting.data.TimeAxis;
import io.gatecast.forecasting.transform.Calendar;
import java.util.LinkedHashMap;
import java.util.Map;

/** A job's settings as {@code inspect} shows them: every key, with what its default came to. */
final class JobSettings {
  private JobSettings() {}

  /** Every key of a job file with its value on this data, in a job file's order. */
  static Map<String, String> of(JobSpec job, TimeAxis axis) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("job", job.name());
    settings.put("preset", job.preset().label());
    settings.put("seed", String.valueOf(job.training().seed()));
    settings.put("source.csv", job.source().csv().toString());
    settings.put("source.delimiter", String.valueOf(job.source().delimiter()));
    settings.put("source.time", job.source().time());
    String format = job.source().timeFormat();
    settings.put("source.time_format", format == null ? "ISO" : format);
    settings.put("source.zone", job.source().zone().toString());
    String series = job.source().series();
    settings.put("source.series", series == null ? "none" : series);
    settings.put("target", job.target());
    settings.put("inputs", job.inputs().toString());
    settings.put("transform", job.transform().label());
    settings.put("calendar", job.calendar(axis).stream().map(Calendar::label).toList().toString());
    settings.put("season", String.valueOf(job.season(axis)));
    settings.put("horizon", String.valueOf(job.horizon()));
    NetworkSettings network = job.network();
    settings.put("network.cell", network.cell().name());
    if (network.cell() instanceof CellSpec.Rnn rnn) {
      settings.put("network.activation", rnn.activation().label());
    }
    if (network.cell() instanceof CellSpec.Gru gru) {
      settings.put("network.reset", gru.reset().label());
    }
    settings.put("network.hidden", String.valueOf(network.hidden()));
    settings.put("network.layers", String.valueOf(network.layers()));
    settings.put("network.lookback", String.valueOf(network.lookback()));
    settings.put("network.dropout", String.valueOf(network.dropout()));
    settings.put("network.loss", network.loss().label());
    settings.put("training.epochs", String.valueOf(job.training().epochs()));
    settings.put("training.batch", String.valueOf(job.training().batch()));
    settings.put("training.learning_rate", String.valueOf(job.training().learningRate()));
    settings.put("training.patience", String.valueOf(job.training().patience()));
    settings.put("training.clip_norm", String.valueOf(job.training().clipNorm()));
    settings.put("split.validation", String.valueOf(job.split().validation()));
    settings.put("split.test", String.valueOf(job.split().test()));
    settings.put("contract.max_rejected", String.valueOf(job.maxRejected()));
    return settings;
  }
}
