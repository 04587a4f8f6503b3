package io.gatecast.forecasting.data.source;

import org.datavec.api.conf.Configuration;
import org.datavec.api.records.reader.BaseRecordReader;
import org.jspecify.annotations.Nullable;

/** What DataVec asks of every reader and ours all answer alike. */
abstract class SourceRecordReader extends BaseRecordReader {
  private static final long serialVersionUID = 1L;

  private transient @Nullable Configuration configuration;

  @Override
  public final void setConf(Configuration conf) {
    configuration = conf;
  }

  @Override
  public final @Nullable Configuration getConf() {
    return configuration;
  }

  /** All of ours begin anew. */
  @Override
  public final boolean resetSupported() {
    return true;
  }
}
