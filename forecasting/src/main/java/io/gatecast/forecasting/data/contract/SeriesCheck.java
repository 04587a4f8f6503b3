package io.gatecast.forecasting.data.contract;

/**
 * Looks at one series as a whole, in order of time, for what no single cell shows. A check decides
 * nothing and changes nothing: it tells {@link Findings} what it found and how it could be mended.
 */
public interface SeriesCheck {
  /**
   * Looks.
   *
   * @param frame rows in order of time, each time once; rejected rows are not among them
   * @param findings hears of every problem
   */
  void check(Frame frame, Findings findings);
}
