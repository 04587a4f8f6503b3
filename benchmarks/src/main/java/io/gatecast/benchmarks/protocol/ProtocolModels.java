package io.gatecast.benchmarks.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The models of {@code ./benchmarks/run protocol}, by name. */
public final class ProtocolModels {
  /** Those that are no networks, and that no goal is for. */
  static final Set<String> YARDSTICKS = Set.of("repeat-last", "nlinear", "dlinear");

  /** Names that stand for several. */
  private static final Map<String, List<String>> ALIASES =
      Map.of("linear", List.of("nlinear", "dlinear"));

  private final Map<String, ProtocolModel> models = new LinkedHashMap<>();

  /**
   * Some models.
   *
   * @param models in the order of tables
   * @throws IllegalArgumentException if two have one name
   */
  public ProtocolModels(List<ProtocolModel> models) {
    for (ProtocolModel model : models) {
      if (this.models.put(model.name(), model) != null) {
        throw new IllegalArgumentException("model: expected names once, found two " + model.name());
      }
    }
  }

  /** All that there are. */
  public static ProtocolModels all() {
    List<ProtocolModel> models = new ArrayList<>();
    models.add(new RepeatLast());
    models.add(new LinearModel(LinearModel.Form.NLINEAR));
    models.add(new LinearModel(LinearModel.Form.DLINEAR));
    models.addAll(Recipes.models());
    return new ProtocolModels(models);
  }

  /** Their names. */
  public List<String> names() {
    return List.copyOf(models.keySet());
  }

  /**
   * Finds models.
   *
   * @param name of one, or {@code linear} for both linear ones
   * @throws IllegalArgumentException if there is none
   */
  public List<ProtocolModel> named(String name) {
    return ALIASES.getOrDefault(name, List.of(name)).stream().map(this::one).toList();
  }

  private ProtocolModel one(String name) {
    ProtocolModel model = models.get(name);
    if (model == null) {
      throw new IllegalArgumentException(
          "--model: expected any of " + names() + " or linear, found \"" + name + "\"");
    }
    return model;
  }
}
