package io.gatecast.forecasting.data.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.datavec.api.writable.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it reads is what the JDK reads, to the last bit. */
class PlainDecimalTest {
  private final PlainDecimal plain = new PlainDecimal();

  private void agrees(String text) {
    assertTrue(plain.read(new Text(text)), text);
    assertEquals(
        Double.doubleToRawLongBits(Double.parseDouble(text)),
        Double.doubleToRawLongBits(plain.value()),
        text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0",
        "+7",
        "5.",
        ".5",
        "-.5",
        "0.1",
        "1008.89",
        "-9999",
        "0.00000000000001",
        "999999999999999",
        "99999999999999.9",
        "0.30000000000000"
      })
  void shortDecimalsAreReadAsTheJdkDoes(String text) {
    agrees(text);
  }

  @Test
  void soAreManyMore() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200_000; i++) {
      int count = 1 + random.nextInt(15);
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
      int point = random.nextInt(count + 1);
      for (int digit = 0; digit < count; digit++) {
        if (digit == point) {
          text.append('.');
        }
        text.append((char) ('0' + random.nextInt(10)));
      }
      agrees(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        ".",
        "-.",
        " 1",
        "1 ",
        "1e3",
        "1.2.3",
        "1-2",
        "NaN",
        "NA",
        "12d",
        "0x10",
        "\u0661",
        "1234567890123456",
        "0.123456789012345",
        "5.827000141143799"
      })
  void theRestIsLeftToTheLongWay(String text) {
    assertFalse(plain.read(new Text(text)), text);
  }

  @Test
  void bytesOfALongerCellBeforeAreNotRead() {
    Text cell = new Text("123.456");
    cell.set("7");
    assertTrue(plain.read(cell));
    assertEquals(7, plain.value());
  }
}
