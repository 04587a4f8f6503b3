package io.gatecast.forecasting.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Run records as JSON text and back. Snake case; an unknown field of a later version is left out.
 */
public final class RunJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private RunJson() {}

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
    try {
      return MAPPER.readValue(text, RunRecord.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected a run record, found " + e.getMessage(), e);
    }
  }
}
