package io.gatecast.forecasting.job;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.Names;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of a job file, read key by key with its line. The keys that were asked for are the
 * valid ones; {@link #rejectUnknown} names any other. Every error is a usage fault.
 */
final class YamlSection {
  private final String file;
  private final String prefix;
  private final int line;
  private final Map<String, String> keys;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();

  /**
   * Opens a mapping.
   *
   * @param file for errors
   * @param prefix of its keys, such as {@code source.}, empty at the top
   * @param node the mapping, or null where it is left out
   * @param keys receives where each key is written
   */
  YamlSection(String file, String prefix, @Nullable MappingNode node, Map<String, String> keys) {
    this.file = file;
    this.prefix = prefix;
    this.keys = keys;
    this.line = node == null ? 1 : line(node);
    if (node != null) {
      for (NodeTuple tuple : node.getValue()) {
        String key =
            tuple.getKeyNode() instanceof ScalarNode scalar
                ? scalar.getValue()
                : String.valueOf(tuple.getKeyNode());
        String where = file + ", line " + line(tuple.getKeyNode()) + ", key " + prefix + key;
        if (values.put(key, tuple.getValueNode()) != null) {
          throw fault("each key once", "\"" + key + "\" again", where, "remove one of the two");
        }
        keys.put(prefix + key, where);
      }
    }
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static JobFault fault(String expected, String found, String where, String action) {
    return new JobFault(ExitCode.USAGE, expected, found, where, action);
  }

  /** A fault at one of this mapping's keys. */
  JobFault faultAt(String key, String expected, String action) {
    Node node = values.get(key);
    String found = node instanceof ScalarNode scalar ? "\"" + scalar.getValue() + "\"" : "nothing";
    return faultAt(key, expected, found, action);
  }

  /** A fault at one of this mapping's keys, with what was found in it. */
  JobFault faultAt(String key, String expected, String found, String action) {
    return fault(expected, found, where(key), action);
  }

  /** File, line and key of one of this mapping's keys. */
  String where(String key) {
    return keys.getOrDefault(prefix + key, file + ", line " + line + ", key " + prefix + key);
  }

  private @Nullable Node node(String key) {
    known.add(key);
    return values.get(key);
  }

  /** Whether a key is there and holds a mapping. */
  boolean isMapping(String key) {
    return node(key) instanceof MappingNode;
  }

  boolean has(String key) {
    return node(key) != null;
  }

  /** A nested mapping; an empty one where it is left out. */
  YamlSection section(String key, String example) {
    Node node = node(key);
    if (node != null && !(node instanceof MappingNode)) {
      throw fault("a mapping", describe(node), where(key), "write it like " + example);
    }
    return new YamlSection(file, prefix + key + ".", (MappingNode) node, keys);
  }

  /** Text that must be there. */
  String text(String key, String example) {
    Node node = node(key);
    if (node == null) {
      throw fault(
          "the key " + prefix + key,
          values.isEmpty() ? "nothing" : "only " + String.join(", ", values.keySet()),
          where(key),
          "add it, such as " + example);
    }
    String text = scalar(node, key, "text").getValue();
    if (text.isBlank()) {
      throw fault("text", "nothing", where(key), "write it like " + example);
    }
    return text;
  }

  /** Text, or a default. */
  @Nullable String textOr(String key, @Nullable String fallback) {
    Node node = node(key);
    return node == null ? fallback : scalar(node, key, "text").getValue();
  }

  private ScalarNode scalar(Node node, String key, String expected) {
    if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return scalar;
    }
    throw fault(expected, describe(node), where(key), "give one value, or remove the key");
  }

  /** A whole number in a range, or a default. */
  long wholeOr(String key, long fallback, long least, long most) {
    Node node = node(key);
    if (node == null) {
      return fallback;
    }
    String expected =
        most == Long.MAX_VALUE
            ? "a whole number of at least " + least
            : "a whole number from " + least + " to " + most;
    String text = number(node, key, expected, Set.of(Tag.INT));
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw fault(expected, "\"" + text + "\"", where(key), "change the value").because(e);
    }
    throw fault(expected, text, where(key), "change the value");
  }

  /** A number in an open or half-open range, or a default. */
  double numberOr(String key, double fallback, double least, boolean open, double below) {
    Node node = node(key);
    if (node == null) {
      return fallback;
    }
    String expected =
        "a number "
            + (open ? "above " : "of at least ")
            + least
            + (Double.isInfinite(below) ? "" : " and below " + below);
    String text = number(node, key, expected, Set.of(Tag.INT, Tag.FLOAT));
    try {
      double value = Double.parseDouble(text);
      if ((open ? value > least : value >= least) && value < below) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw fault(expected, "\"" + text + "\"", where(key), "change the value").because(e);
    }
    throw fault(expected, text, where(key), "change the value");
  }

  /** A plain YAML number: neither quoted nor one that only Java reads. */
  private String number(Node node, String key, String expected, Set<Tag> tags) {
    ScalarNode scalar = scalar(node, key, expected);
    if (!tags.contains(scalar.getTag())) {
      throw fault(expected, describe(node), where(key), "write a number, without quotes");
    }
    return scalar.getValue();
  }

  /** One of some named values, or a default. */
  <T> T choiceOr(String key, T fallback, T[] choices, Function<T, String> label) {
    Node node = node(key);
    return node == null
        ? fallback
        : choice(scalar(node, key, "a name").getValue(), where(key), choices, label);
  }

  private static <T> T choice(String text, String where, T[] choices, Function<T, String> label) {
    List<String> labels = new ArrayList<>();
    for (T choice : choices) {
      if (label.apply(choice).equals(text)) {
        return choice;
      }
      labels.add(label.apply(choice));
    }
    throw fault(
        "one of " + String.join(", ", labels),
        "\"" + text + "\"",
        where,
        Names.nearest(text, labels));
  }

  /** A list of names out of some, or null where it is left out. */
  <T> @Nullable List<T> choices(String key, T[] choices, Function<T, String> label) {
    return node(key) == null
        ? null
        : texts(key).stream().map(text -> choice(text, where(key), choices, label)).toList();
  }

  /** A list of texts; empty where it is left out. */
  List<String> texts(String key) {
    Node node = node(key);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      throw fault("a list", describe(node), where(key), "write it like [a, b]");
    }
    List<String> texts = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      String text = scalar(item, key, "a list of names").getValue();
      if (texts.contains(text)) {
        throw fault("each name once", "\"" + text + "\" again", where(key), "remove one");
      }
      texts.add(text);
    }
    return texts;
  }

  /** One text or a list of different ones; empty where it is left out. */
  List<String> textOrTexts(String key) {
    Node node = node(key);
    return node instanceof ScalarNode
        ? List.of(scalar(node, key, "text or a list").getValue())
        : texts(key);
  }

  /** One text or a list in which one may come again; empty where it is left out. */
  List<String> steps(String key) {
    Node node = node(key);
    return node instanceof SequenceNode sequence
        ? sequence.getValue().stream()
            .map(item -> scalar(item, key, "a list of names").getValue())
            .toList()
        : textOrTexts(key);
  }

  /** Yes or no, or a default. */
  boolean flagOr(String key, boolean fallback) {
    Boolean[] both = {true, false};
    return choiceOr(key, fallback, both, String::valueOf);
  }

  /** A mapping whose keys are free, each with a mapping; empty where it is left out. */
  Map<String, YamlSection> sections(String key, String example) {
    YamlSection outer = section(key, example);
    Map<String, YamlSection> sections = new LinkedHashMap<>();
    outer.values.keySet().forEach(name -> sections.put(name, outer.section(name, example)));
    return sections;
  }

  /** A list of mappings; empty where it is left out. */
  List<YamlSection> list(String key, String example) {
    Node node = node(key);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      throw fault("a list", describe(node), where(key), "write it like " + example);
    }
    List<YamlSection> list = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      if (!(item instanceof MappingNode mapping)) {
        throw fault("a list of mappings", describe(node), where(key), "write it like " + example);
      }
      list.add(new YamlSection(file, prefix + key + "." + list.size() + ".", mapping, keys));
    }
    return list;
  }

  /** A value that checks itself: what it throws becomes a fault at the key. */
  <T> T made(String key, String expected, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException | DateTimeException e) {
      Node node = values.get(key);
      throw fault(
              expected,
              node == null ? "nothing" : describe(node),
              where(key),
              String.valueOf(e.getMessage()))
          .because(e);
    }
  }

  /** The keys that are written. */
  Set<String> names() {
    return values.keySet();
  }

  /** Refuses keys that nobody asked for. Call it last. */
  void rejectUnknown() {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        String place = prefix.isEmpty() ? "a job file" : prefix.substring(0, prefix.length() - 1);
        throw fault(
            "a key of " + place,
            "\"" + key + "\", which is none",
            where(key),
            Names.nearest(key, known));
      }
    }
  }

  private static String describe(Node node) {
    if (node instanceof MappingNode) {
      return "a mapping";
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream()
          .map(item -> item instanceof ScalarNode scalar ? scalar.getValue() : "…")
          .collect(Collectors.joining(", ", "the list [", "]"));
    }
    return node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()
        ? "\"" + scalar.getValue() + "\""
        : "nothing";
  }
}
