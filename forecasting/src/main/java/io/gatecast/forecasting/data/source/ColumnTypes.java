package io.gatecast.forecasting.data.source;

import java.util.ArrayList;
import java.util.List;
import org.datavec.api.transform.ColumnType;
import org.datavec.api.transform.schema.Schema;
import org.datavec.api.writable.BooleanWritable;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.FloatWritable;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.LongWritable;
import org.datavec.api.writable.NullWritable;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.datavec.api.writable.WritableType;

/**
 * Gives values the types of a DataVec schema's columns, as {@code
 * TransformProcess.transformRawStringsToInput} does; but where that throws, the text stays what it
 * is, so that a process can find and remove it.
 */
final class ColumnTypes {
  /** Java would also take 12d, 5f and 0x1p3, which no table means as numbers. */
  private static final String DECIMAL = "0123456789+-.eE";

  private final ColumnType[] types;

  ColumnTypes(Schema schema) {
    types = schema.getColumnTypes().toArray(ColumnType[]::new);
  }

  /** How many columns there are. */
  int count() {
    return types.length;
  }

  /** The values in their columns' types. */
  List<Writable> typed(List<Writable> values) {
    List<Writable> typed = new ArrayList<>(values.size());
    for (int i = 0; i < types.length; i++) {
      typed.add(typed(values.get(i), types[i]));
    }
    return typed;
  }

  private static Writable typed(Writable value, ColumnType type) {
    if (value instanceof NullWritable || value.getType() == wanted(type)) {
      return value;
    }
    String text = value.toString().trim();
    try {
      return switch (type) {
        case Double -> new DoubleWritable(Double.parseDouble(decimal(text)));
        case Float -> new FloatWritable(Float.parseFloat(decimal(text)));
        case Integer -> new IntWritable(Integer.parseInt(text));
        case Long, Time -> new LongWritable(Long.parseLong(text));
        case Boolean -> flag(text, value);
        case String, Categorical -> new Text(value.toString());
        default -> value;
      };
    } catch (NumberFormatException e) {
      return value;
    }
  }

  private static WritableType wanted(ColumnType type) {
    return switch (type) {
      case Double -> WritableType.Double;
      case Float -> WritableType.Float;
      case Integer -> WritableType.Int;
      case Long, Time -> WritableType.Long;
      case Boolean -> WritableType.Boolean;
      case String, Categorical -> WritableType.Text;
      case Bytes -> WritableType.Bytes;
      case NDArray -> WritableType.NDArray;
    };
  }

  private static String decimal(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> DECIMAL.indexOf(c) >= 0)) {
      throw new NumberFormatException("no decimal number: " + text);
    }
    return text;
  }

  private static Writable flag(String text, Writable value) {
    if (text.equalsIgnoreCase("true")) {
      return new BooleanWritable(true);
    }
    return text.equalsIgnoreCase("false") ? new BooleanWritable(false) : value;
  }
}
