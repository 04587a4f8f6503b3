package io.gatecast.benchmarks.ingest;

import java.util.List;
import java.util.Set;

/** Who is timed against whom on one work, after the proof that all have read the same numbers. */
public final class IngestSides implements AutoCloseable {
  private static final String END_TO_END = "read, checked, transformed, windows";
  private static final String READING = "read to Writables, with lines";
  private static final String DATAVEC = "DataVec CSVRecordReader";

  private final IngestWork work;
  private final List<String> header;
  private final DuckDbReading duckDb = new DuckDbReading();

  /**
   * Prepares.
   *
   * @param work what is read
   */
  public IngestSides(IngestWork work) {
    this.work = work;
    this.header = OurReading.header(work);
  }

  /**
   * Two calls that are timed in turn.
   *
   * @param oursDoes what ours does
   * @param peerName who the other is
   * @param peerDoes what it does
   * @param ours one call of ours
   * @param peer one call of the other
   */
  public record Pair(
      String oursDoes, String peerName, String peerDoes, Runnable ours, Runnable peer) {
    /** Whether ours goes all the way to windows. */
    public boolean endToEnd() {
      return oursDoes.equals(END_TO_END);
    }
  }

  /**
   * Proves that all sides read the same: our reader, what our contract lets in, DataVec and DuckDB.
   *
   * @return rows
   * @throws io.gatecast.benchmarks.recurrent.DisagreementException if one differs
   */
  public long prove() {
    ColumnSums ours = OurReading.records(work, Set.of());
    ours.requireSame(work.name(), "our reader", duckDb.numbers(work).sums(), "DuckDB");
    ours.requireSame(
        work.name(), "our reader", DataVecReading.numbers(work, header).sums(), DATAVEC);
    OurReading.LetIn letIn = OurReading.series(work);
    OurReading.records(work, letIn.rejected())
        .requireSame(work.name(), "our reader without rejected rows", letIn.sums(), "our contract");
    return ours.rows();
  }

  /** The pairs. */
  public List<Pair> pairs() {
    Runnable endToEnd = () -> require(EndToEnd.run(work).windows());
    return List.of(
        new Pair(
            END_TO_END,
            DATAVEC,
            "all cells to Writables, nothing parsed",
            endToEnd,
            () -> require(DataVecReading.text(work))),
        new Pair(
            END_TO_END,
            DATAVEC + " and doubles",
            "all cells to Writables, those of numbers to doubles",
            endToEnd,
            () -> require(DataVecReading.numbers(work, header).rows())),
        new Pair(
            END_TO_END,
            "DuckDB read_csv",
            "the same columns, numbers and times to doubles in arrays, by JDBC, its own threads",
            endToEnd,
            () -> require(duckDb.numbers(work).rows())),
        new Pair(
            READING,
            DATAVEC,
            "all cells to Writables, nothing parsed",
            () -> require(OurReading.text(work)),
            () -> require(DataVecReading.text(work))));
  }

  /** So that nothing is optimised away, and nothing empty timed. */
  private void require(long count) {
    if (count < 1) {
      throw new IllegalStateException(work.name() + ": expected something, found nothing");
    }
  }

  @Override
  public void close() {
    duckDb.close();
  }
}
