package io.gatecast.forecasting.ledger;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.evaluation.ScoredForecast;
import io.gatecast.forecasting.model.Quantiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A backtest's forecasts beside what came true, as long-format CSV, written as they come. The same
 * forecasts give the same bytes: no clock, no locale, nine significant digits.
 */
public final class BacktestCsv implements AutoCloseable {
  private static final String[] COLUMNS = {
    "series", "origin", "target_time", "horizon", "model", "fold", "actual", "mean"
  };

  private final CsvWriter csv;
  private final TimeAxis axis;

  /**
   * Begins a file.
   *
   * @param out where to; closed with this
   * @param axis of the data
   */
  public BacktestCsv(OutputStream out, TimeAxis axis) {
    this.csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.axis = axis;
    String[] header = new String[COLUMNS.length + Quantiles.COUNT];
    System.arraycopy(COLUMNS, 0, header, 0, COLUMNS.length);
    for (int level = 0; level < Quantiles.COUNT; level++) {
      header[COLUMNS.length + level] = "q" + ForecastsCsv.number(Quantiles.level(level));
    }
    csv.writeRecord(header);
  }

  /**
   * Writes a row.
   *
   * @param row a forecast of one step
   */
  public void write(ScoredForecast row) {
    String[] cells = new String[COLUMNS.length + Quantiles.COUNT];
    cells[0] = row.series();
    cells[1] = axis.format(row.origin());
    cells[2] = axis.format(row.target());
    cells[3] = String.valueOf(row.step());
    cells[4] = row.model();
    cells[5] = String.valueOf(row.fold());
    cells[6] = ForecastsCsv.number(row.actual());
    cells[7] = ForecastsCsv.number(row.mean());
    for (int level = 0; level < Quantiles.COUNT; level++) {
      cells[COLUMNS.length + level] = ForecastsCsv.number(row.quantiles()[level]);
    }
    csv.writeRecord(cells);
  }

  @Override
  public void close() {
    try {
      csv.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
