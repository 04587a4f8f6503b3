package io.gatecast.forecasting.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.transform.MathOp;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.transform.condition.ConditionOp;
import org.datavec.api.transform.condition.column.CategoricalColumnCondition;
import org.datavec.api.transform.condition.column.DoubleColumnCondition;
import org.datavec.api.transform.filter.FilterInvalidValues;
import org.datavec.api.transform.schema.Schema;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that a DataVec TransformProcess runs on typed values, in place and with its own names. */
class TransformProcessTest {
  private static final Schema WEATHER =
      new Schema.Builder()
          .addColumnString("date")
          .addColumnCategorical("town", "Bern", "Chur")
          .addColumnDouble("celsius")
          .addColumnInteger("n")
          .build();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private CsvSpec weather(String... rows) {
    String text = "date,town,celsius,n\n" + String.join("\n", rows);
    return CsvSpec.of(
        Fixtures.bytes(folder, "w.csv", text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private Path json(TransformProcess process) {
    return Fixtures.file(folder, "process.json", process.toJson());
  }

  private Path bernInFahrenheit() {
    return json(
        new TransformProcess.Builder(WEATHER)
            .filter(new FilterInvalidValues("celsius"))
            .filter(new CategoricalColumnCondition("town", ConditionOp.NotEqual, "Bern"))
            .doubleMathOp("celsius", MathOp.Multiply, 1.8)
            .doubleMathOp("celsius", MathOp.Add, 32)
            .renameColumn("celsius", "fahrenheit")
            .integerMathOp("n", MathOp.Add, 1)
            .removeColumns("town")
            .build());
  }

  @Test
  void changesFiltersAndNamesAndKeepsTheLines() throws IOException {
    CsvSpec spec =
        weather(
                "2020-01-01,Bern,10,1",
                "2020-01-01,Chur,20,2",
                "2020-01-02,Bern,NA,3",
                "2020-01-03,Bern,,4",
                "\"2020-01-04\",Bern,-40,5")
            .withTransformProcess(bernInFahrenheit());
    try (RecordReader reader = Reading.open(spec)) {
      assertEquals(List.of("date", "fahrenheit", "n"), reader.getLabels());
      List<Record> records = Reading.records(reader);
      assertEquals(
          List.of(
              List.<Writable>of(new Text("2020-01-01"), new DoubleWritable(50), new IntWritable(2)),
              List.<Writable>of(
                  new Text("2020-01-04"), new DoubleWritable(-40), new IntWritable(6))),
          records.stream().map(Record::getRecord).toList());
      assertEquals(List.of("w.csv:2", "w.csv:6"), Reading.places(records));
      reader.reset();
      assertEquals(2, Reading.records(reader).size(), "after a reset");
      RecordMetaData last = records.get(1).getMetaData();
      assertEquals(records.get(1).getRecord(), reader.loadFromMetaData(last).getRecord());
    }
  }

  @Test
  void filtersEveryRowWhereItMust() {
    CsvSpec spec =
        weather("2020-01-01,Chur,10,1", "2020-01-01,Chur,20,2")
            .withTransformProcess(bernInFahrenheit());
    assertEquals(List.of(), Reading.records(spec));
  }

  @Test
  void aRowOfAnotherLengthIsLeftToTheContractAsOneWithoutFields() {
    CsvSpec spec =
        weather("2020-01-01,Bern", "2020-01-02,Bern,10,1").withTransformProcess(bernInFahrenheit());
    List<List<Writable>> rows = Reading.values(spec);
    assertEquals(List.of(), rows.get(0));
    assertEquals(3, rows.get(1).size());
  }

  @Test
  void aRowThatTheProcessCannotTransformSaysItsPlace() {
    CsvSpec spec =
        weather("2020-01-01,Bern,1,1", "2020-01-02,Bern,x,1")
            .withTransformProcess(
                json(
                    new TransformProcess.Builder(WEATHER)
                        .doubleMathOp("celsius", MathOp.Add, 1)
                        .build()));
    JobFault fault = Reading.fault(ExitCode.DATA, spec);
    assertEquals(folder.resolve("w.csv") + ", line 3", fault.where());
    assertTrue(fault.action().contains("FilterInvalidValues"), fault::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"12d", "0x1p3", "1 2", "NaN", ""})
  void whatIsNoDecimalNumberStaysTheTextThatItIs(String cell) {
    Path same = json(new TransformProcess.Builder(WEATHER).removeColumns("n").build());
    CsvSpec spec = weather("2020-01-01,Bern," + cell + ",1").withTransformProcess(same);
    assertEquals(new Text(cell), Reading.values(spec).get(0).get(2));
  }

  @Test
  void everyTypeOfASchemaIsReadFromText() {
    Schema all =
        new Schema.Builder()
            .addColumnString("s")
            .addColumnInteger("i")
            .addColumnLong("l")
            .addColumnFloat("f")
            .addColumnDouble("d")
            .addColumnBoolean("b")
            .addColumnTime("t", org.joda.time.DateTimeZone.UTC)
            .addColumnString("last")
            .build();
    Path process = json(new TransformProcess.Builder(all).removeColumns("last").build());
    CsvSpec spec =
        CsvSpec.of(
                Fixtures.file(
                    folder, "a.csv", "s,i,l,f,d,b,t,last", "x, 1,2 ,0.5,1e3,TRUE,1580000000000,z"))
            .withTransformProcess(process);
    assertEquals(
        List.of("Text", "Int", "Long", "Float", "Double", "Boolean", "Long"),
        Reading.values(spec).get(0).stream().map(value -> value.getType().name()).toList());
    assertEquals(
        List.of("x", "1", "2", "0.5", "1000.0", "true", "1580000000000"),
        Reading.texts(spec).get(0));
  }

  @Test
  void runsOnWhatADatabaseGivesAndRemovesItsNulls() {
    Schema schema = new Schema.Builder().addColumnString("d").addColumnDouble("y").build();
    Path process =
        json(
            new TransformProcess.Builder(schema)
                .filter(new FilterInvalidValues("y"))
                .filter(new DoubleColumnCondition("y", ConditionOp.LessThan, 2.0))
                .doubleMathOp("y", MathOp.Multiply, 2)
                .build());
    JdbcSpec spec =
        JdbcSpec.of(
                "jdbc:duckdb:", "SELECT * FROM (VALUES ('a', 1), ('b', NULL), ('c', 3)) AS t(d, y)")
            .withTransformProcess(process);
    assertEquals(List.of(List.of(new Text("c"), new DoubleWritable(6))), Reading.values(spec));
    assertTrue(Reading.places(Reading.records(spec)).get(0).endsWith(":3"));
  }

  @Test
  void aProcessOfOtherColumnsIsAFaultThatNamesBoth() {
    CsvSpec spec =
        CsvSpec.of(Fixtures.file(folder, "w.csv", "date,celsius,town,n", "2020-01-01,1,Bern,1"))
            .withTransformProcess(bernInFahrenheit());
    JobFault fault = Reading.fault(ExitCode.USAGE, spec);
    assertTrue(fault.expected().endsWith("date, celsius, town, n"), fault::getMessage);
    assertEquals("date, town, celsius, n", fault.found());
    assertEquals(folder.resolve("process.json").toString(), fault.where());
  }

  @Test
  void aProcessThatMakesSequencesIsAFault() {
    Path sequences =
        json(
            new TransformProcess.Builder(WEATHER)
                .convertToSequence(
                    "town",
                    new org.datavec.api.transform.sequence.comparator.StringComparator("date"))
                .build());
    JobFault fault =
        Reading.fault(
            ExitCode.USAGE, weather("2020-01-01,Bern,1,1").withTransformProcess(sequences));
    assertTrue(fault.found().contains("sequences"), fault::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"a\": 1}", "no JSON"})
  void jsonThatIsNoProcessIsAFault(String text) {
    Path file = Fixtures.file(folder, "process.json", text);
    JobFault fault =
        Reading.fault(ExitCode.USAGE, weather("2020-01-01,Bern,1,1").withTransformProcess(file));
    assertEquals(file.toString(), fault.where());
  }

  @Test
  void aProcessFileThatIsNotThereIsAFault() {
    CsvSpec spec =
        weather("2020-01-01,Bern,1,1").withTransformProcess(folder.resolve("missing.json"));
    assertEquals("job:source.transform_process", Reading.fault(ExitCode.USAGE, spec).where());
  }

  @Test
  void whatAFilterRemovesCannotBeLoadedAgain() throws IOException {
    CsvSpec plain = weather("2020-01-01,Chur,10,1");
    RecordMetaData chur = Reading.records(plain).get(0).getMetaData();
    try (RecordReader reader = Reading.open(plain.withTransformProcess(bernInFahrenheit()))) {
      assertThrows(IllegalArgumentException.class, () -> reader.loadFromMetaData(chur));
    }
  }
}
