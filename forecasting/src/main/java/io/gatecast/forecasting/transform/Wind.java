package io.gatecast.forecasting.transform;

import java.util.List;

/**
 * Wind speed and direction as the vector {@code (speed·sin, speed·cos)}, in which 359° lies beside
 * 1°. Its components point to where the wind comes from: east and north, the negatives of the
 * meteorologist's u and v. A calm is (0, 0), whatever its direction, absent too; going back, it has
 * none. It learns nothing.
 *
 * @param speed name of the column of speeds, zero or positive, in any unit
 * @param direction name of the column of directions, in degrees clockwise from north
 */
public record Wind(String speed, String direction) implements Derivation, InvertibleDerivation {

  @Override
  public String label() {
    return "wind(" + speed + ", " + direction + ")";
  }

  @Override
  public List<String> inputs() {
    return List.of(speed, direction);
  }

  @Override
  public List<String> outputs() {
    return List.of(speed + "_sin", speed + "_cos");
  }

  @Override
  public FittedDerivation fit(double[][] train) {
    apply(train);
    return this;
  }

  @Override
  public double[][] apply(double[][] columns) {
    int steps = Derivation.steps(inputs(), columns);
    double[][] vector = new double[2][steps];
    for (int t = 0; t < steps; t++) {
      double size = columns[0][t];
      if (size < 0) {
        throw new TransformFault(
            TransformFault.Kind.INCONSISTENT,
            label(),
            "speeds of 0 or more",
            String.valueOf(size),
            t,
            "look for a sentinel, and say that it means absent");
      }
      if (size > 0 || Double.isNaN(size)) {
        double angle = Math.toRadians(columns[1][t]);
        vector[0][t] = size * Math.sin(angle);
        vector[1][t] = size * Math.cos(angle);
      }
    }
    return vector;
  }

  @Override
  public double[][] invert(double[][] derived) {
    int steps = Derivation.steps(outputs(), derived);
    double[][] columns = new double[2][steps];
    for (int t = 0; t < steps; t++) {
      double sin = derived[0][t];
      double cos = derived[1][t];
      columns[0][t] = Math.hypot(sin, cos);
      if (sin == 0 && cos == 0) {
        columns[1][t] = Double.NaN;
      } else {
        double degrees = Math.toDegrees(Math.atan2(sin, cos));
        double positive = degrees < 0 ? degrees + 360 : degrees;
        // Beside north on its western side, the sum rounds to the full circle.
        columns[1][t] = positive >= 360 || positive == 0 ? 0 : positive;
      }
    }
    return columns;
  }

  @Override
  public int memory() {
    return 0;
  }
}
