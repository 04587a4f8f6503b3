package io.gatecast.forecasting.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.contract.ContractReport;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.Problem;
import io.gatecast.forecasting.oracle.OracleResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that a run's record survives JSON and has the names that others rely on. */
class RunJsonTest {
  private static final Problem PROBLEM =
      new Problem("data.csv", 7, "temp", Kind.MISSING, "NA", Problem.Outcome.REJECTED);

  private static RunRecord record() {
    Dataset data =
        new Dataset(
            List.of(Fixtures.daily("Zürich", 1, Double.NaN, 3), Fixtures.daily("Bern", 1, 2)),
            new ContractReport(6, 3, 1, 2, Map.of(Kind.MISSING, 2), List.of(PROBLEM), 1),
            "");
    List<RunRecord.Model> models =
        List.of(model("gru", "network", 1234, 17, 9), model("drift", "baseline", 0, 0, 0));
    RunRecord.Gate gate =
        new RunRecord.Gate(
            "refused", "drift", List.of(new RunRecord.Check("baseline", "gru", false, "worse")));
    return RunRecords.of(
        "job",
        "20240517T080910.123Z",
        ExitCode.GATE,
        "because",
        RunRecords.data("data.csv", "temp", data, 10, 20, 30),
        data,
        models,
        List.of("a note"),
        "drift",
        gate,
        new OracleResult(1.5e-7, 1e-4, 30),
        Path.of("forecasts.csv"),
        new RunRecord.Seconds(1, 2, 3, 4, 5, 15),
        new RunRecord.Machine("0.1.0", "17", "linux", 1, "vector", 2, 42),
        new RunRecord.Fingerprint("a", "b", "c"));
  }

  private static RunRecord.Model model(
      String name, String kind, long parameters, int epochs, int best) {
    return new RunRecord.Model(
        name,
        kind,
        parameters,
        epochs,
        best,
        1.5,
        2.5,
        0.75,
        List.of(1.0, 2.0 / 3),
        0.81,
        0.96,
        Map.of("crps", 1.25));
  }

  private static JsonNode tree(String text) throws JsonProcessingException {
    return new JsonMapper().readTree(text);
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void aRecordComesBackAsItWas() {
    RunRecord record = record();
    String text = RunJson.text(record);
    assertEquals(record, RunJson.parse(text));
    assertEquals(text, RunJson.text(RunJson.parse(text)));
    assertTrue(text.endsWith("}\n"));
  }

  @Test
  void hasTheNamesThatAreChecked() throws JsonProcessingException {
    JsonNode json = tree(RunJson.text(record()));
    for (String name :
        List.of(
            "job",
            "run",
            "exit",
            "reason",
            "rows",
            "series",
            "models",
            "winner",
            "oracle",
            "forecasts",
            "report",
            "seconds")) {
      assertTrue(json.has(name), name);
    }
    assertFalse(json.has("error"));
    assertTrue(json.get("report").isNull());
    assertEquals(4, json.get("exit").intValue());
    assertEquals(
        List.of(
            "name",
            "kind",
            "parameters",
            "epochs",
            "best_epoch",
            "mae",
            "rmse",
            "mase",
            "mae_by_horizon"),
        names(json.at("/models/0")).subList(0, 9));
    assertEquals("network", json.at("/models/0/kind").textValue());
    assertEquals("baseline", json.at("/models/1/kind").textValue());
    assertEquals(17, json.at("/models/0/epochs").intValue());
    assertEquals(9, json.at("/models/0/best_epoch").intValue());
    assertEquals("a note", json.at("/notes/0").textValue());
    assertEquals(2, json.at("/rows/reasons/a missing value").intValue());
    assertEquals(0, json.at("/models/1/epochs").intValue());
    assertEquals(2.0 / 3, json.at("/models/0/mae_by_horizon/1").doubleValue());
    assertEquals(1.5e-7, json.at("/oracle/max_relative_difference").doubleValue());
    assertEquals(1e-4, json.at("/oracle/tolerance").doubleValue());
    assertTrue(json.at("/oracle/passed").booleanValue());
    assertEquals(
        List.of("read", "train", "backtest", "oracle", "forecast", "total"),
        names(json.get("seconds")));
    assertEquals(
        List.of("read", "accepted", "repaired", "rejected"), names(json.get("rows")).subList(0, 4));
    assertEquals(3, json.at("/rows/accepted").intValue());
    assertEquals("a missing value", json.at("/rows/problems/0/reason").textValue());
    assertEquals("Zürich", json.at("/series/0").textValue());
    assertEquals("1970-01-03", json.at("/data/to").textValue());
    assertEquals(10, json.at("/data/train_windows").intValue());
    assertEquals("vector", json.at("/runtime/kernel").textValue());
    assertEquals(2, json.at("/runtime/kernel_threads").intValue());
  }

  @Test
  void aFailedRunSaysWhyAndComesBack() throws JsonProcessingException {
    JobFault fault = new JobFault(ExitCode.DATA, "this", "that", "line 3", "mend it");
    RunRecord failed = RunRecord.failed("job", fault);
    JsonNode json = tree(RunJson.text(failed));
    List<String> same = new ArrayList<>(names(tree(RunJson.text(record()))));
    same.add("error");
    assertEquals(same, names(json), "the same object, with an error");
    assertTrue(json.get("rows").isNull());
    assertEquals(3, json.get("exit").intValue());
    assertEquals(List.of("expected", "found", "where", "action"), names(json.get("error")));
    assertEquals("line 3", json.at("/error/where").textValue());
    assertEquals(failed, RunJson.parse(RunJson.text(failed)));
  }

  @Test
  void aRunWithoutANetworkHasNoOracle() {
    RunRecord record = record();
    assertNull(RunRecord.failed("j", new JobFault(ExitCode.USAGE, "", "", "", "")).oracle());
    RunRecord again =
        record.with(
            99, "nothing new", Path.of("elsewhere.csv"), new RunRecord.Seconds(1, 0, 0, 0, 0, 1));
    assertEquals(new RunRecord.Seconds(1, 0, 0, 0, 0, 1), again.seconds());
    assertEquals(99, again.exit());
    assertEquals("elsewhere.csv", again.forecasts());
    assertEquals(record.models(), again.models());
    assertEquals(record.fingerprint(), again.fingerprint());
  }

  @Test
  void aRecordOfAVersionThatNamedNoKernelIsRead() {
    String text =
        RunJson.text(record())
            .replaceFirst("\"kernel\" : \"vector\",\\s*", "")
            .replaceFirst("\"kernel_threads\" : 2,\\s*", "");
    assertFalse(text.contains("kernel"), text);
    assertEquals(
        new RunRecord.Machine("0.1.0", "17", "linux", 1, null, 0, 42),
        RunJson.parse(text).runtime());
  }

  @Test
  void aFieldOfALaterVersionIsLeftOut() {
    String text = RunJson.text(record()).replaceFirst("\\{", "{ \"novel\" : [1, {\"a\": 2}],");
    assertEquals(record(), RunJson.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"exit\": \"many\"}", "not json", "{\"models\": 3}"})
  void whatIsNoRecordIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> RunJson.parse(text));
  }

  @Test
  void whatIsNoNumberIsNull() throws JsonProcessingException {
    String text = RunJson.text(new RunRecord.Oracle(Double.NaN, 1e-4, false, 3));
    assertTrue(tree(text).get("max_relative_difference").isNull(), text);
  }
}
