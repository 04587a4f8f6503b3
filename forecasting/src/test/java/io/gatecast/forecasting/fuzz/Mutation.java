package io.gatecast.forecasting.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One way to damage a file of text, as networks, disks, spreadsheets and people do. Files are
 * strings of bytes here, one character a byte (ISO 8859-1), so that every damage can be said.
 */
public enum Mutation {
  /** One bit of one byte. */
  BIT_FLIPPED {
    @Override
    String of(String file, Random random) {
      int at = random.nextInt(file.length());
      char flipped = (char) (file.charAt(at) ^ (1 << random.nextInt(8)));
      return replaced(file, at, at + 1, String.valueOf(flipped));
    }
  },
  /** Any byte, anywhere. */
  BYTE_INSERTED {
    @Override
    String of(String file, Random random) {
      int at = random.nextInt(file.length() + 1);
      return replaced(file, at, at, String.valueOf((char) random.nextInt(256)));
    }
  },
  /** Some bytes lost. */
  BYTES_DELETED {
    @Override
    String of(String file, Random random) {
      int at = random.nextInt(file.length());
      return replaced(file, at, Math.min(file.length(), at + 1 + random.nextInt(40)), "");
    }
  },
  /** A piece twice, elsewhere. */
  PIECE_REPEATED {
    @Override
    String of(String file, Random random) {
      int from = random.nextInt(file.length());
      int to = Math.min(file.length(), from + 1 + random.nextInt(300));
      int at = random.nextInt(file.length() + 1);
      return replaced(file, at, at, file.substring(from, to));
    }
  },
  /** The end never arrived. */
  CUT_SHORT {
    @Override
    String of(String file, Random random) {
      return file.substring(0, random.nextInt(file.length() + 1));
    }
  },
  /** All lines but the first in any order. */
  LINES_SHUFFLED {
    @Override
    String of(String file, Random random) {
      List<String> lines = lines(file);
      Collections.shuffle(lines.subList(Math.min(1, lines.size()), lines.size()), random);
      return String.join("\n", lines);
    }
  },
  /** A line again, elsewhere. */
  LINE_REPEATED {
    @Override
    String of(String file, Random random) {
      List<String> lines = lines(file);
      String line = lines.get(random.nextInt(lines.size()));
      lines.add(random.nextInt(lines.size() + 1), line);
      return String.join("\n", lines);
    }
  },
  /** A line lost. */
  LINE_DELETED {
    @Override
    String of(String file, Random random) {
      List<String> lines = lines(file);
      lines.remove(random.nextInt(lines.size()));
      return String.join("\n", lines);
    }
  },
  /** Other line ends, here or everywhere, and empty lines. */
  LINE_ENDS {
    @Override
    String of(String file, Random random) {
      String end = List.of("\r\n", "\r", "\n\n", "\n \n", "\u0085", "\n\r").get(random.nextInt(6));
      return random.nextBoolean() ? file.replace("\n", end) : file.replaceFirst("\n", end);
    }
  },
  /** A field of a thousand to some millions of characters. */
  FIELD_HUGE {
    @Override
    String of(String file, Random random) {
      int at = random.nextInt(file.length() + 1);
      int size = List.of(1_000, 100_000, 100_000, 1_000_000).get(random.nextInt(4));
      int length = random.nextInt(40) == 0 ? 18_000_000 : size;
      return replaced(
          file, at, at, List.of("9", "x", "-", "\u00e4").get(random.nextInt(4)).repeat(length));
    }
  },
  /** NULs, one or many. */
  NULS {
    @Override
    String of(String file, Random random) {
      int at = random.nextInt(file.length() + 1);
      return replaced(file, at, at, "\0".repeat(1 + random.nextInt(512)));
    }
  },
  /** A byte order mark, at the beginning or within. */
  BYTE_ORDER_MARK {
    @Override
    String of(String file, Random random) {
      List<String> marks =
          List.of("\u00ef\u00bb\u00bf", "\u00fe\u00ff", "\u00ff\u00fe", "\u001f\u008b");
      int at = random.nextInt(4) == 0 ? random.nextInt(file.length() + 1) : 0;
      return replaced(file, at, at, marks.get(random.nextInt(marks.size())));
    }
  },
  /** A number replaced by what no number should be. */
  NUMBER_ODD {
    private static final List<String> ODD =
        List.of(
            "nan",
            "NaN",
            "inf",
            "-Infinity",
            "1e999",
            "-1e999",
            "1e-999",
            "-9999",
            "9999",
            "1,5",
            "1.234,56",
            "1'000",
            "0x1p3",
            "12d",
            "--5",
            "+",
            "1e",
            ".",
            "\u00bd",
            "1e308",
            "-0",
            "99999999999999999999",
            "9223372036854775808",
            "2147483648",
            "-1",
            "0",
            "",
            "null",
            "#REF!",
            "1_000",
            "\u0665",
            "0.1e+000000000000000000000000001");

    @Override
    String of(String file, Random random) {
      return match(file, NUMBER, random, ODD.get(random.nextInt(ODD.size())));
    }
  },
  /** A time years or centuries away, or none at all. */
  TIME_SHIFTED {
    private static final List<String> YEARS =
        List.of(
            "1019",
            "0000",
            "0001",
            "1899",
            "1970",
            "2999",
            "9999",
            "10000",
            "+10000",
            "-0001",
            "+999999999",
            "-999999999",
            "99999999999",
            "20",
            "2O21",
            "292278994");

    @Override
    String of(String file, Random random) {
      return match(file, YEAR, random, YEARS.get(random.nextInt(YEARS.size())));
    }
  },
  /** A quote opened, and perhaps never closed. */
  QUOTE_OPENED {
    @Override
    String of(String file, Random random) {
      int at = random.nextInt(file.length() + 1);
      String quote = random.nextInt(4) == 0 ? "'" : "\"";
      return replaced(file, at, at, quote);
    }
  },
  /** Another delimiter, in one place or everywhere. */
  DELIMITER_CHANGED {
    @Override
    String of(String file, Random random) {
      String other = List.of(";", "\t", ",", "|", " ", ",,").get(random.nextInt(6));
      String from = file.contains(";") ? ";" : ",";
      return random.nextBoolean() ? file.replace(from, other) : match(file, COMMA, random, other);
    }
  },
  /** A line of thousands of fields. */
  FIELDS_MANY {
    @Override
    String of(String file, Random random) {
      List<String> lines = lines(file);
      int line = random.nextInt(3) == 0 ? 0 : random.nextInt(lines.size());
      int fields = random.nextInt(10) == 0 ? 20_000 : 50;
      lines.set(line, lines.get(line) + ",x".repeat(fields));
      return String.join("\n", lines);
    }
  };

  /** What can happen to any file. */
  public static final List<Mutation> ALL = List.of(values());

  private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.?\\d*");
  private static final Pattern YEAR = Pattern.compile("(19|20)\\d\\d");
  private static final Pattern COMMA = Pattern.compile("[,;\t]");

  abstract String of(String file, Random random);

  /** A damaged file; an empty one stays as it is. */
  public final String apply(String file, Random random) {
    return file.isEmpty() ? file : of(file, random);
  }

  static String replaced(String file, int from, int to, String by) {
    return file.substring(0, from) + by + file.substring(to);
  }

  static List<String> lines(String file) {
    return new ArrayList<>(Arrays.asList(file.split("\n", -1)));
  }

  /** The file with one match of a pattern replaced. */
  static String match(String file, Pattern pattern, Random random, String by) {
    List<MatchResult> found = pattern.matcher(file).results().limit(20_000).toList();
    if (found.isEmpty()) {
      return file;
    }
    MatchResult one = found.get(random.nextInt(found.size()));
    return replaced(file, one.start(), one.end(), by);
  }
}
