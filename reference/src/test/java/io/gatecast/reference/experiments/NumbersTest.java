package io.gatecast.reference.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two significant digits, as the page promises. */
class NumbersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0        | 0
          0.00094  | 9.4·10⁻⁴
          0.00123  | 0.0012
          0.0996   | 0.10
          0.0123   | 0.012
          0.372    | 0.37
          -0.372   | -0.37
          1.04     | 1.0
          9.96     | 10
          1499.7   | 1,500
          1.73e8   | 1.7·10⁸
          8.88e-16 | 8.9·10⁻¹⁶
          NaN      | diverged
          """)
  void twoDigits(double value, String expected) {
    assertEquals(expected, Numbers.of(value));
  }

  @Test
  void medianAndRange() {
    assertEquals("0.20 (0.10 to 3.0)", Numbers.medianAndRange(List.of(0.1, 0.2, 3.0)));
    assertEquals("0.15 (0.10 to 0.20)", Numbers.medianAndRange(List.of(0.1, 0.2)));
    assertEquals("10⁻¹²", Numbers.powerOfTen(-12));
  }
}
