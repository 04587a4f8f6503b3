package io.gatecast.forecasting.fuzz;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One way to damage a YAML file that still may be YAML. */
public enum YamlMutation {
  /** A value of another type. */
  TYPE_SWAPPED {
    private static final List<String> VALUES =
        List.of(
            "[]",
            "{}",
            "[a, b]",
            "{a: 1}",
            "~",
            "null",
            "true",
            "''",
            "\" \"",
            "1.5",
            "-7",
            "1e400",
            ".nan",
            ".inf",
            "0x1F",
            "0o17",
            "99999999999999999999",
            "2147483648",
            "9223372036854775807",
            "!!binary aGk=",
            "!!com.example.Bait x",
            "*none",
            "|\n  text\n",
            "\"\\0\\x07\\e[31m\"",
            "2021-01-01",
            "[[[]]]",
            "{? [a] : b}",
            "a: b: c",
            "..",
            "/",
            "PT0S",
            "P1M",
            "PT1H",
            "1000000",
            "1000001",
            "yyyy",
            "[1, 2, 3]",
            "\"\u0001\"",
            "\ud83d\ude00");

    @Override
    String of(String file, Random random) {
      return Mutation.match(file, VALUE, random, ": " + VALUES.get(random.nextInt(VALUES.size())));
    }
  },
  /** A key that is none, or a letter off. */
  KEY_UNKNOWN {
    @Override
    String of(String file, Random random) {
      String key =
          List.of("targt:", "x.y:", "\"\\0\":", "? [a]\n:", "<<:", "'':").get(random.nextInt(6));
      return Mutation.match(file, KEY, random, key);
    }
  },
  /** A key twice, or one that has no place there. */
  KEY_INSERTED {
    private static final List<String> KEYS =
        List.of(
            "horizon: 5",
            "season: 0",
            "window: last",
            "inputs: [y, y]",
            "calendar: [day(9999)]",
            "calendar: minute",
            "derive: [{}]",
            "derive: [{wind: [y]}]",
            "columns: {y: {}}",
            "axis: {kind: sessions, step: PT1S}",
            "axis: {step: PT0.5S}",
            "axis: {holidays: Mars}",
            "contract: {gaps: warn}",
            "contract: {conflict: repair, max_rejected: 1}",
            "contract: {checks: stock, columns: {close: nothing}}",
            "seed: -1",
            "transform: [log, log, log]",
            "transform: seasonal-difference(999999999)",
            "transform: fill-last(0)",
            "network: {layers: 100, hidden: 65536}",
            "split: {validation: 0.9, test: 0.2}",
            "training: {learning_rate: 1e-400}",
            "target: \"\"",
            "job: ../../etc",
            "network: {lookback: 1000000}",
            "horizon: 1000000");

    @Override
    String of(String file, Random random) {
      List<String> lines = Mutation.lines(file);
      lines.add(random.nextInt(lines.size() + 1), KEYS.get(random.nextInt(KEYS.size())));
      return String.join("\n", lines);
    }
  },
  /** Levels upon levels. */
  DEEP {
    @Override
    String of(String file, Random random) {
      int levels = List.of(10, 1_000, 60_000).get(random.nextInt(3));
      String open = List.of("[", "{a: ", "- ", "? ").get(random.nextInt(4));
      return Mutation.match(file, VALUE, random, ": " + open.repeat(levels));
    }
  },
  /** Aliases of aliases. */
  ALIAS_BOMB {
    @Override
    String of(String file, Random random) {
      int fan = 2 + random.nextInt(8);
      int levels = 2 + random.nextInt(30);
      return file
          + "\nx0: &a0 [lol]\n"
          + IntStream.range(1, levels)
              .mapToObj(
                  i -> "x" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(fan) + "]\n")
              .collect(Collectors.joining());
    }
  },
  /** A value that contains itself. */
  ALIAS_LOOP {
    @Override
    String of(String file, Random random) {
      return Mutation.match(file, VALUE, random, ": &a [*a, {b: *a}]");
    }
  },
  /** Blanks too many or too few before a line. */
  INDENTED {
    @Override
    String of(String file, Random random) {
      List<String> lines = Mutation.lines(file);
      int line = random.nextInt(lines.size());
      lines.set(line, " ".repeat(random.nextInt(4)) + lines.get(line).strip());
      return String.join("\n", lines);
    }
  },
  /** Two values of the file in each other's place. */
  VALUES_SWAPPED {
    @Override
    String of(String file, Random random) {
      List<String> values = VALUE.matcher(file).results().map(match -> match.group()).toList();
      return values.isEmpty()
          ? file
          : Mutation.match(file, VALUE, random, values.get(random.nextInt(values.size())));
    }
  };

  private static final Pattern VALUE = Pattern.compile(": *(\"[^\"]*\"|[^\\s,{}\\[\\]]+)");
  private static final Pattern KEY = Pattern.compile("[a-z_]+:");

  abstract String of(String file, Random random);

  /** A damaged file; an empty one stays as it is. */
  public final String apply(String file, Random random) {
    return file.isEmpty() ? file : of(file, random);
  }
}
