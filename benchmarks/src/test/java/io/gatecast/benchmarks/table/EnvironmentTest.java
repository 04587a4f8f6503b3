package io.gatecast.benchmarks.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be told of any machine. */
class EnvironmentTest {
  @Test
  void everythingIsSaid() {
    Map<String, String> facts = Environment.describe();
    assertEquals(
        List.of(
            "date",
            "revision",
            "cpu",
            "cores",
            "load_before",
            "os",
            "jdk",
            "pytorch",
            "djl",
            "onnxruntime",
            "dl4j",
            "openblas"),
        List.copyOf(facts.keySet()));
    facts.forEach((name, value) -> assertFalse(value.isBlank(), name));
    assertTrue(Integer.parseInt(facts.getOrDefault("cores", "")) >= 1);
    assertTrue(facts.getOrDefault("dl4j", "").matches("deeplearning4j-nn-\\d.*"), facts::toString);
  }
}
