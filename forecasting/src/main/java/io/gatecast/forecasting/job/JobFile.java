package io.gatecast.forecasting.job;

import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.contract.ContractSpec;
import io.gatecast.forecasting.data.contract.DataSpec;
import io.gatecast.forecasting.data.contract.Policy;
import io.gatecast.forecasting.data.time.AxisSpec;
import io.gatecast.forecasting.model.NetworkSettings;
import io.gatecast.forecasting.window.SplitSpec;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a job file (YAML 1.2). What it leaves out has a default; what it says wrongly is a fault
 * with file, line, key and the nearest valid name. It reads no data.
 */
public final class JobFile {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
  private static final int MOST = 1_000_000;

  /** Characters of a job file; a YAML reader's time grows with the square of a scalar's length. */
  private static final int LONGEST = 200_000;

  private JobFile() {}

  /**
   * Reads and checks a job file.
   *
   * @param path the file; relative paths in it start at its folder
   * @return the job
   * @throws JobFault with exit code {@link ExitCode#USAGE}
   */
  public static JobSpec read(Path path) {
    String text;
    try {
      if (Files.isRegularFile(path) && Files.size(path) > 4L * LONGEST) {
        throw tooLong(path.toString(), Files.size(path) + " bytes");
      }
      text = Files.readString(path);
    } catch (NoSuchFileException e) {
      throw unreadable(path, "no such file").because(e);
    } catch (CharacterCodingException e) {
      throw unreadable(path, "bytes that are no UTF-8").because(e);
    } catch (IOException e) {
      String found = Files.isDirectory(path) ? "a folder" : "no permission or a broken file";
      throw unreadable(path, found).because(e);
    }
    Path folder = path.toAbsolutePath().normalize().getParent();
    Path start = folder == null ? Path.of("/") : folder;
    return parse(text, path.toString(), start, Environment.ofProcess());
  }

  private static JobFault unreadable(Path path, String found) {
    return new JobFault(
        ExitCode.USAGE,
        "a readable job file (YAML)",
        found,
        path.toString(),
        "check the path, or start from examples/weather.yaml");
  }

  private static JobFault tooLong(String file, String found) {
    return new JobFault(
        ExitCode.USAGE,
        "a job file (YAML) of at most " + LONGEST + " characters",
        found,
        file,
        "check that this is the job file and not its data");
  }

  /**
   * Reads a job from text.
   *
   * @param text YAML
   * @param name of the file, for errors
   * @param folder where relative paths start
   */
  public static JobSpec parse(String text, String name, Path folder) {
    return parse(text, name, folder, Environment.ofProcess());
  }

  static JobSpec parse(String text, String name, Path folder, Environment environment) {
    if (text.length() > LONGEST) {
      throw tooLong(name, text.length() + " characters");
    }
    Optional<Node> root;
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(name).build();
      root = new Compose(settings).composeString(text);
    } catch (YamlEngineException e) {
      throw new JobFault(
              ExitCode.USAGE,
              "a YAML mapping",
              String.valueOf(e.getMessage()).replaceAll("\\s+", " "),
              name + line(e),
              "mend the syntax; look at indentation, colons and quotes")
          .because(e);
    } catch (StackOverflowError e) {
      throw new JobFault(
              ExitCode.USAGE,
              "a YAML mapping of two levels",
              "thousands of levels, one in the other",
              name,
              "check that this is the job file")
          .because(e);
    }
    if (root.isEmpty() || !(root.get() instanceof MappingNode mapping)) {
      throw new JobFault(
          ExitCode.USAGE,
          "a YAML mapping of keys",
          root.isEmpty() ? "an empty file" : "something else",
          name,
          "start from examples/weather.yaml");
    }
    Map<String, String> keys = new HashMap<>();
    return job(new YamlSection(name, "", mapping, keys), folder, environment, keys);
  }

  private static String line(YamlEngineException e) {
    return e instanceof MarkedYamlEngineException marked
        ? marked.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("")
        : "";
  }

  private static JobSpec job(
      YamlSection top, Path folder, Environment environment, Map<String, String> keys) {
    String name = top.text("job", "job: seattle-weather");
    if (!name.matches(NAME)) {
      throw top.faultAt(
          "job", "letters, digits, dot, dash or underscore, at most 100", "rename the job");
    }
    Preset preset = top.choiceOr("preset", Preset.NONE, Preset.values(), Preset::label);
    SourceSection.Read source = new SourceSection(top, folder, environment).read(name);
    int horizon = (int) top.wholeOr("horizon", 1, 1, MOST);
    int season = (int) top.wholeOr("season", 0, 1, MOST);
    long seed = top.wholeOr("seed", 1, 0, Long.MAX_VALUE);
    NetworkSection asked = NetworkSection.read(top, preset);
    TrainingSpec training = training(top, seed);
    SplitSpec split = split(top);
    ContractSpec contract = DataSection.contract(top, preset);
    AxisSpec axis = DataSection.axis(top, preset);
    FeatureSection.Read features =
        new FeatureSection(top).read(preset, contract.gaps() == Policy.REPAIR, asked);
    NetworkSettings network = asked.settings(features.features().window(), features.levels());
    EvaluationSpec evaluation = EvaluationSection.read(top, network);
    top.rejectUnknown();
    DataSpec data =
        new DataSpec(
            source.source(),
            source.time(),
            source.knownAt(),
            source.series(),
            features.columns(),
            axis,
            contract,
            features.logVariance());
    return new JobSpec(
        name,
        preset,
        data,
        features.features(),
        features.calendar(),
        season,
        horizon,
        network,
        training,
        split,
        evaluation,
        keys);
  }

  private static TrainingSpec training(YamlSection top, long seed) {
    YamlSection training = top.section("training", "training: {epochs: 100, batch: 64}");
    int epochs = (int) training.wholeOr("epochs", 100, 1, MOST);
    int batch = (int) training.wholeOr("batch", 64, 1, MOST);
    double rate = training.numberOr("learning_rate", 0.003, 0, true, Double.POSITIVE_INFINITY);
    int patience = (int) training.wholeOr("patience", 10, 1, MOST);
    double clip = training.numberOr("clip_norm", 1, 0, true, Double.POSITIVE_INFINITY);
    training.rejectUnknown();
    return TrainingSpec.adam(epochs, batch, rate, patience, clip, seed);
  }

  private static SplitSpec split(YamlSection top) {
    YamlSection split = top.section("split", "split: {validation: 0.15, test: 0.15}");
    double validation = split.numberOr("validation", 0.15, 0, true, 1);
    double test = split.numberOr("test", 0.15, 0, true, 1);
    split.rejectUnknown();
    if (validation + test >= 1) {
      throw split.faultAt(
          split.has("test") ? "test" : "validation",
          "less than 1 for validation and test together, " + validation + " and " + test,
          "lower one");
    }
    return new SplitSpec(validation, test);
  }
}
