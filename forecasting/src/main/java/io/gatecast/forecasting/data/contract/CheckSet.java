package io.gatecast.forecasting.data.contract;

import java.util.List;

/** The checks that fit a kind of data. A value. */
public interface CheckSet {
  /** No checks beyond those of single cells and rows. */
  CheckSet NONE =
      new CheckSet() {
        @Override
        public List<ColumnSpec> columns(List<String> labels) {
          return List.of();
        }

        @Override
        public List<SeriesCheck> checks(List<String> labels) {
          return List.of();
        }

        @Override
        public String toString() {
          return "none";
        }
      };

  /**
   * The columns that the checks read, whether or not the job asks for them.
   *
   * @param labels columns of the source
   * @return some of them, and how they are read
   */
  List<ColumnSpec> columns(List<String> labels);

  /**
   * The checks.
   *
   * @param labels columns of the source
   */
  List<SeriesCheck> checks(List<String> labels);

  /** The set's name with its settings: a job's identity depends on it. */
  @Override
  String toString();
}
