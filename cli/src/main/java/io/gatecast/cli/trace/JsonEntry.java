package io.gatecast.cli.trace;

import io.gatecast.forecasting.Names;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One place of a JSON file, looked at as what it should be: an object, a text, an array of numbers.
 * Whatever else it is, is a usage fault with file, line, column and path.
 *
 * @param file for faults
 * @param path such as {@code weights.update.bias[3]}; empty for the whole file
 * @param value what is written there
 */
record JsonEntry(String file, String path, LocatedJson value) implements Place {
  /**
   * The size that an array must have.
   *
   * @param name of the dimension, such as {@code hidden}
   * @param size the number of elements; 0 for any number from 1
   * @param from what sets the size, such as {@code update.input_weights}
   */
  record Extent(String name, int size, String from) {
    static Extent any(String name) {
      return new Extent(name, 0, "");
    }
  }

  @Override
  public String where() {
    return file
        + ", line "
        + value.line()
        + ", column "
        + value.column()
        + (path.isEmpty() ? "" : ", key " + path);
  }

  /** The members of an object. */
  Map<String, LocatedJson> members(String action) {
    if (value instanceof LocatedJson.Members object) {
      return object.values();
    }
    throw fault("an object", value.description(), action);
  }

  /** A member of an object, or null where it is left out or written as null. */
  @Nullable JsonEntry member(String key) {
    LocatedJson member = members("write an object").get(key);
    return member == null || member.description().equals("null") ? null : at(key, member);
  }

  private JsonEntry at(String key, LocatedJson member) {
    return new JsonEntry(file, path.isEmpty() ? key : path + "." + key, member);
  }

  /** Refuses the members of an object whose names are not among these. */
  void refuseUnknown(Collection<String> valid) {
    members("write an object")
        .forEach(
            (key, member) -> {
              if (!valid.contains(key)) {
                throw at(key, member)
                    .fault(
                        path.isEmpty() ? "a key of a case" : "a name in " + path,
                        "\"" + key + "\", which is none",
                        Names.nearest(key, valid));
              }
            });
  }

  String text(String action) {
    if (value instanceof LocatedJson.Text text) {
      return text.value();
    }
    throw fault("a text", value.description(), action);
  }

  /** An array of numbers. */
  double[] vector(Extent extent) {
    List<LocatedJson> elements = elements(extent, "numbers");
    double[] numbers = new double[elements.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(elements.get(i) instanceof LocatedJson.Numeric number)) {
        JsonEntry wrong = element(i);
        throw wrong.fault(
            "a finite number", wrong.value().description(), "write a number, without quotes");
      }
      numbers[i] = number.value();
    }
    return numbers;
  }

  /** An array of arrays of numbers, all of one length. */
  double[][] matrix(Extent rows, Extent columns) {
    int count = elements(rows, "arrays").size();
    double[][] numbers = new double[count][];
    Extent extent = columns;
    for (int row = 0; row < count; row++) {
      numbers[row] = element(row).vector(extent);
      if (row == 0 && extent.size() == 0) {
        extent = new Extent(columns.name(), numbers[0].length, path + "[0]");
      }
    }
    return numbers;
  }

  /** An element of an array. */
  JsonEntry element(int index) {
    if (!(value instanceof LocatedJson.Elements array)) {
      throw fault("an array", value.description(), "write it like [..]");
    }
    return new JsonEntry(file, path + "[" + index + "]", array.values().get(index));
  }

  private List<LocatedJson> elements(Extent extent, String what) {
    boolean any = extent.size() == 0;
    LocatedJson.Elements array = value instanceof LocatedJson.Elements given ? given : null;
    if (array != null
        && (any ? !array.values().isEmpty() : array.values().size() == extent.size())) {
      return array.values();
    }
    throw fault(
        "an array of "
            + what
            + " of length "
            + (any ? "at least 1" : extent.size())
            + " ("
            + extent.name()
            + ")",
        value.description(),
        any || array == null
            ? "write it like " + (what.equals("numbers") ? "[0.5, -1]" : "[[0.5, -1], [1, 0]]")
            : "its length is set by " + extent.from() + "; mend one of the two");
  }
}
