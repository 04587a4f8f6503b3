package io.gatecast.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of one step: the new state, and the activations of the gates that led to it.
 *
 * <p>The gates are kept because they explain the step, and because backpropagation needs them. The
 * step keeps neither its input nor the state before it: those are the caller's.
 */
public final class Step {
  private final State state;
  private final Map<String, Tensor> gates;

  /**
   * A step's result.
   *
   * @param state the state after the step
   * @param gates the activations, each of shape {@code [hidden]}, by the gate's name and in the
   *     cell's fixed order; copied
   * @throws IllegalArgumentException if a gate's length is not that of the state's h
   */
  public Step(State state, Map<String, double[]> gates) {
    this.state = state;
    int hiddenSize = state.h().length;
    Map<String, Tensor> copies = new LinkedHashMap<>();
    gates.forEach(
        (name, activations) -> {
          Shapes.requireLength("gates." + name, activations, hiddenSize);
          copies.put(name, Tensor.vector(activations));
        });
    this.gates = Collections.unmodifiableMap(copies);
  }

  /**
   * The state after the step.
   *
   * @return the state, of the cell's own kind
   */
  public State state() {
    return state;
  }

  /**
   * The gates' activations, in the cell's fixed order: {@code hidden}, or {@code update reset
   * candidate}, or {@code forget input output candidate}.
   *
   * @return a new map of copies, each of shape {@code [hidden]}
   */
  public Map<String, double[]> gates() {
    Map<String, double[]> copies = new LinkedHashMap<>();
    gates.forEach((name, activations) -> copies.put(name, activations.values()));
    return copies;
  }

  /**
   * The activations of one gate.
   *
   * @param name the gate's name
   * @return a copy, of shape {@code [hidden]}
   * @throws IllegalArgumentException if the cell has no such gate; the message lists its gates
   */
  public double[] gate(String name) {
    if (!gates.containsKey(name)) {
      List<String> names = new ArrayList<>(gates.keySet());
      throw new IllegalArgumentException("name: expected one of " + names + ", found " + name);
    }
    return gates.get(name).values();
  }

  /** The activations of one gate of a cell that has this many hidden units. */
  double[] gate(String name, int hiddenSize) {
    double[] activations = gate(name);
    Shapes.requireLength("step.gates." + name, activations, hiddenSize);
    return activations;
  }

  /**
   * Equality of the state and of every gate, as {@link Tensor#equals}.
   *
   * @param other the object to compare with
   * @return whether the other is a step with the same state and gates
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Step step && state.equals(step.state) && gates.equals(step.gates);
  }

  @Override
  public int hashCode() {
    return 31 * state.hashCode() + gates.hashCode();
  }

  @Override
  public String toString() {
    return "Step[state=" + state + ", gates=" + gates + "]";
  }
}
