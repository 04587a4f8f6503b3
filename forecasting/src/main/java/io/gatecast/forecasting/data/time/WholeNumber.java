package io.gatecast.forecasting.data.time;

import java.math.BigDecimal;
import java.time.DateTimeException;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.FloatWritable;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.LongWritable;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;

/** Reads a whole number from a cell, whatever type its reader gave it; 7 and 7.0 are the same. */
final class WholeNumber {
  /** So many digits fit a long whatever they are. */
  private static final int SAFE_DIGITS = 18;

  /** Nobody writes a whole number longer; a damaged cell may take hours to convert. */
  private static final int LONGEST = 100;

  private WholeNumber() {}

  /**
   * Reads a cell.
   *
   * @throws DateTimeException if it holds no whole number
   */
  static long read(Writable cell) {
    if (cell instanceof LongWritable || cell instanceof IntWritable) {
      return cell.toLong();
    }
    if (cell instanceof Text text) {
      int length = text.getLength();
      if (length > 0 && length <= SAFE_DIGITS) {
        byte[] digits = text.getBytes();
        long value = 0;
        int at = 0;
        while (at < length && digits[at] >= '0' && digits[at] <= '9') {
          value = value * 10 + (digits[at] - '0');
          at++;
        }
        if (at == length) {
          return value;
        }
      }
    }
    String written = cell.toString().trim();
    if (written.length() > LONGEST) {
      throw new DateTimeException(
          "expected a whole number, found " + written.length() + " characters");
    }
    try {
      return new BigDecimal(written).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new DateTimeException("expected a whole number, found \"" + written + "\"", e);
    }
  }

  /** A cell as text; a whole number without a fraction or exponent. */
  static String text(Writable cell) {
    if (cell instanceof DoubleWritable || cell instanceof FloatWritable) {
      return Long.toString(read(cell));
    }
    return cell.toString().trim();
  }
}
