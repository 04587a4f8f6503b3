package io.gatecast.forecasting.data.time;

import java.time.ZoneId;
import java.util.List;

/**
 * How a source writes time.
 *
 * @param columns one column with the whole time; two with date and time of day, as text; or three
 *     to six with the numbers of year, month, day, hour, minute and second
 * @param form how it is written; three columns or more are always {@link TimeForm.Parts}
 * @param zone of local times without an offset
 */
public record TimeSpec(List<String> columns, TimeForm form, ZoneId zone) {
  private static final int DATE_AND_TIME = 2;
  private static final int LEAST_PARTS = 3;
  private static final int MOST_PARTS = 6;

  /**
   * Checks that the columns fit the form. The ISO form, as the default, gives way to parts where
   * there are three columns or more.
   *
   * @throws IllegalArgumentException if they do not
   */
  public TimeSpec {
    columns = List.copyOf(columns);
    int count = columns.size();
    if (count >= LEAST_PARTS && form instanceof TimeForm.Iso) {
      form = new TimeForm.Parts();
    }
    boolean parts = form instanceof TimeForm.Parts;
    boolean text = form instanceof TimeForm.Iso || form instanceof TimeForm.Pattern;
    boolean fits =
        parts
            ? count >= LEAST_PARTS && count <= MOST_PARTS
            : count == 1 || (text && count == DATE_AND_TIME);
    if (!fits) {
      throw new IllegalArgumentException(
          "time columns: expected "
              + (parts
                  ? "year, month, day[, hour[, minute[, second]]]"
                  : text ? "one column, or date and time of day" : "one column")
              + " for the form "
              + form.label()
              + ", found "
              + columns);
    }
  }
}
