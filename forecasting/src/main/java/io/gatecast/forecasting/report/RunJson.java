package io.gatecast.forecasting.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/**
 * Run records as JSON text and back. Snake case; an unknown field of a later version is left out.
 */
public final class RunJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .addModule(
              new SimpleModule()
                  .addSerializer(Double.class, new FiniteOrNull())
                  .addSerializer(double.class, new FiniteOrNull()))
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private RunJson() {}

  /** JSON has no NaN and no infinity; what is no number is null. */
  private static final class FiniteOrNull extends StdSerializer<Double> {
    private static final long serialVersionUID = 1L;

    FiniteOrNull() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
  }

  /**
   * Writes.
   *
   * @param value a record
   * @return one JSON object, indented, with a line break at its end
   */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record that JSON cannot hold", e);
    }
  }

  /**
   * Reads.
   *
   * @param text JSON that {@link #text} wrote
   * @throws IllegalArgumentException if it is none
   */
  public static RunRecord parse(String text) {
    return parse(text, RunRecord.class);
  }

  /**
   * Reads a record of any kind.
   *
   * @param text JSON that {@link #text} wrote
   * @param type of the record
   * @throws IllegalArgumentException if it is none
   */
  public static <T> T parse(String text, Class<T> type) {
    try {
      T record = MAPPER.readValue(text, type);
      if (record == null) {
        throw new IllegalArgumentException("expected a " + type.getSimpleName() + ", found null");
      }
      return record;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "expected a " + type.getSimpleName() + ", found " + e.getMessage(), e);
    }
  }
}
