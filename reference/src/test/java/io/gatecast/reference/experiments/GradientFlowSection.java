package io.gatecast.reference.experiments;

import static io.gatecast.reference.experiments.Markdown.claim;
import static io.gatecast.reference.experiments.Markdown.either;

import io.gatecast.reference.experiments.GradientFlowExperiment.Flow;
import io.gatecast.reference.experiments.GradientFlowExperiment.Regime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page's part on vanishing and exploding gradients: measures, draws, and says what it means.
 */
final class GradientFlowSection {
  private static final GradientFlowExperiment EXPERIMENT = new GradientFlowExperiment(32, 200, 7);

  /** A picture shows each lag that is a multiple of this. */
  private static final int LAGS_DRAWN = 3;

  private static final List<Integer> LAGS = List.of(10, 50, 100, 199);
  private static final List<Contender> GATED =
      List.of(Contender.GRU, Contender.GRU_CHRONO, Contender.LSTM, Contender.LSTM_CHRONO);

  /** The forget gate where nothing but its bias of 1 acts. */
  private static final double SIGMOID_OF_1 = 1 / (1 + StrictMath.exp(-1));

  private final Map<String, Flow> linear = new LinkedHashMap<>();
  private final Map<String, Flow> standard = new LinkedHashMap<>();
  private final Map<String, Flow> gaussian = new LinkedHashMap<>();

  private GradientFlowSection() {
    for (double radius : GradientFlowExperiment.RADII) {
      linear.put(vanilla(radius), EXPERIMENT.orthogonal(radius, Regime.LINEAR));
      standard.put(vanilla(radius), EXPERIMENT.orthogonal(radius, Regime.STANDARD));
      gaussian.put(vanilla(radius), EXPERIMENT.gaussian(radius, Regime.LINEAR));
    }
    for (Contender contender : GATED) {
      linear.put(contender.title(), EXPERIMENT.contender(contender, Regime.LINEAR));
      standard.put(contender.title(), EXPERIMENT.contender(contender, Regime.STANDARD));
    }
  }

  private static String vanilla(double radius) {
    return "RNN, ρ = " + radius;
  }

  private static Flow flow(Map<String, Flow> flows, String name) {
    Flow flow = flows.get(name);
    if (flow == null) {
      throw new IllegalStateException(
          "flow: expected one of " + flows.keySet() + ", found " + name);
    }
    return flow;
  }

  private Flow standard(Contender contender) {
    return flow(standard, contender.title());
  }

  private boolean keepsTenth(Contender contender) {
    return standard(contender).at(199) > 0.1 && flow(linear, contender.title()).at(199) > 0.1;
  }

  static void write(Markdown page, Path pictures) throws IOException {
    GradientFlowSection section = new GradientFlowSection();
    section.writeTheory(page);
    section.writeLinear(page, pictures);
    section.writeStandard(page, pictures);
  }

  private void writeTheory(Markdown page) {
    page.heading(2, "Backpropagation through time is a product of Jacobians");
    page.preformatted(
        """
        ∂L/∂θ   = Σ_t (∂s_t/∂θ)ᵀ ∂L/∂s_t                    the same weights act at every step
        ∂h_T/∂s_t = Π_{k=t+1..T} ∂s_k/∂s_{k-1}              rows of h_T; s = h, of the LSTM (h, C)
        RNN:     ∂h_k/∂h_{k-1} = diag(φ'(a_k)) U
        LSTM:    ∂C_k/∂C_{k-1} = diag(f_k) + what goes by way of h_{k-1}
        GRU:     ∂h_k/∂h_{k-1} = diag(1 − z_k) + what goes by way of z_k and h~_k
        """);
    page.paragraph(
        "(Werbos 1990.) A product of T − t matrices shrinks or grows like a power. If it shrinks,"
            + " what happened T − t steps ago has no part in the gradient, which has *vanished*; if it"
            + " grows, the gradient *explodes* (Bengio, Simard and Frasconi 1994; Pascanu, Mikolov and"
            + " Bengio 2013). Below, ‖∂h_T/∂s_t‖ is the spectral norm of the exact product, by lag"
            + " T − t, of networks that are not trained: "
            + EXPERIMENT.hidden()
            + " hidden units, T = "
            + EXPERIMENT.length()
            + ", 8 inputs of independent normal numbers, medians over "
            + EXPERIMENT.seeds()
            + " seeds. The *effective memory* is the lag at which the norm has fallen below 1 % of its"
            + " largest.");
    page.list(
        List.of(
            "**RNN, ρ**: tanh, U a random orthogonal matrix times ρ, so that all its eigenvalues and"
                + " all its singular values have the size ρ.",
            "**GRU, LSTM**: as they are commonly started: orthogonal U, biases 0, but forget bias 1.",
            "**chrono**: the same with biases drawn so that the gates' time constants spread over T"
                + " (Tallec and Ollivier 2018): b_f = log u, b_i = −b_f, b_z = −log u, u uniform in"
                + " [1, T − 1]."));
  }

  private void writeLinear(Markdown page, Path pictures) throws IOException {
    page.heading(2, "Vanishing and exploding gradients");
    page.heading(3, "Tiny inputs: the textbook's case");
    page.paragraph(
        "Inputs of size 10⁻²⁰ leave tanh in its linear range, and the vanilla RNN is a linear"
            + " network.");
    table(page, linear);
    page.picture("Norm by lag, tiny inputs", draw(linear, Regime.LINEAR, "linear", pictures));
    double deviation = deviationFromPower();
    Flow weak = flow(gaussian, vanilla(0.9));
    page.paragraph(
        claim(
            deviation < 1e-9,
            "Here the textbook is exact: the norm is ρ to the power of the lag (largest relative"
                + " deviation over all four ρ and all lags: "
                + Numbers.of(deviation)
                + ")."),
        claim(
            flow(linear, vanilla(0.5)).at(50) < 1e-12 && flow(linear, vanilla(1.1)).at(199) > 1e6,
            "At ρ = 0.5 a gradient of 50 steps ago is "
                + Numbers.of(flow(linear, vanilla(0.5)).at(50))
                + " of its size, below what a double resolves beside 1; at ρ = 1.1 one of 199 steps ago"
                + " is "
                + Numbers.of(flow(linear, vanilla(1.1)).at(199))
                + " times as large."),
        claim(
            weak.largest() > 1.1 && weak.at(199) < 1e-6,
            "A caution: the radius speaks of the long run only. With a Gaussian U, scaled to the same"
                + " radius of 0.9, the norm first *grows* to "
                + Numbers.of(weak.largest())
                + " before it falls to "
                + Numbers.of(weak.at(199))
                + ". Only a largest *singular value* below 1 makes every step shrink; for an orthogonal"
                + " matrix the two are one."));
  }

  private double deviationFromPower() {
    double largest = 0;
    for (double radius : GradientFlowExperiment.RADII) {
      Flow flow = flow(linear, vanilla(radius));
      for (int lag = 0; lag < EXPERIMENT.length(); lag++) {
        largest = Math.max(largest, Math.abs(flow.at(lag) / StrictMath.pow(radius, lag) - 1));
      }
    }
    return largest;
  }

  private void writeStandard(Markdown page, Path pictures) throws IOException {
    page.heading(3, "Standardised inputs: what a network meets");
    page.paragraph("The same networks; the inputs have mean 0 and standard deviation 1.");
    table(page, standard);
    page.picture(
        "Norm by lag, standardised inputs",
        draw(standard, Regime.STANDARD, "standardised", pictures));
    Flow exploding = flow(standard, vanilla(1.1));
    double best =
        GradientFlowExperiment.RADII.stream()
            .mapToDouble(radius -> flow(standard, vanilla(radius)).at(100))
            .max()
            .orElse(Double.NaN);
    page.paragraph(
        claim(
            best < 1e-6,
            "With tanh all four radii vanish: at lag 100 the largest of them keeps "
                + Numbers.of(best)
                + "."),
        claim(
            exploding.largest() < 3 && exploding.at(199) < 1e-12,
            "ρ = 1.1 does not explode (its largest norm is "
                + Numbers.of(exploding.largest())
                + "): units saturate, and φ'(a) = 1 − h² makes up for the factor 1.1. A radius of 1 is"
                + " the border of a *linear* network; a tanh network that is fed loses its gradient"
                + " there, too. Explosion takes units that do not saturate (ReLU, below), or larger"
                + " weights."));
    writeGates(page);
  }

  private void writeGates(Markdown page) {
    page.heading(3, "What gates give");
    Flow gru = standard(Contender.GRU);
    Flow lstm = standard(Contender.LSTM);
    page.paragraph(
        claim(
            perStep(Contender.GRU, 0.75) && perStep(Contender.LSTM, SIGMOID_OF_1 + 0.25),
            "**Gates alone do not cure it.** With biases 0 and tiny inputs the GRU's gates stand at 1/2,"
                + " and it keeps 1 − z + z r = 0.75 a step; the LSTM with forget bias 1 keeps f + i o ="
                + " 0.73 + 0.25 = 0.98: the first table shows just these rates."),
        claim(
            lstm.at(50) > gru.at(50) && lstm.at(100) < 1e-3 && gru.at(100) < 1e-6,
            "With standardised inputs both keep less. The LSTM forgets more slowly than the GRU (lag 50: "
                + Numbers.of(lstm.at(50))
                + " against "
                + Numbers.of(gru.at(50))
                + "), but at lag 100 it, too, is down to "
                + Numbers.of(lstm.at(100))
                + "."),
        either(
            gru.at(50) < flow(standard, vanilla(1.0)).at(50),
            "At its start the GRU remembers even less than the vanilla RNN with ρ = 1 (lag 50: "
                + Numbers.of(flow(standard, vanilla(1.0)).at(50))
                + ").",
            "At its start the GRU remembers little more than the vanilla RNN with ρ = 1 (lag 50: "
                + Numbers.of(flow(standard, vanilla(1.0)).at(50))
                + ")."));
    page.paragraph(
        claim(
            keepsTenth(Contender.GRU_CHRONO) && keepsTenth(Contender.LSTM_CHRONO),
            "**Gates give the possibility.** Started open, the same two cells keep "
                + Numbers.of(standard(Contender.GRU_CHRONO).at(199))
                + " (GRU) and "
                + Numbers.of(standard(Contender.LSTM_CHRONO).at(199))
                + " (LSTM) over 199 steps, and with tiny inputs no less than a tenth, too. The diagonal"
                + " part of their Jacobian, 1 − z or f, has no tanh' and no U in it."));
    page.paragraph(
        claim(
            lstm.loss().get(50) < lstm.at(50),
            "The gradient of a loss behaves alike: ‖∂L/∂h_t‖ relative to ‖∂L/∂h_T‖, for a head that"
                + " reads the last step, is in the last column of the tables. The LSTM's is smaller than"
                + " its norm with regard to the state, because its memory is in C, not in h."));
  }

  /** Whether the norm at lag 100, with tiny inputs, is that at 50 times rate^50, within a fifth. */
  private boolean perStep(Contender contender, double rate) {
    Flow flow = flow(linear, contender.title());
    return Math.abs(flow.at(100) / flow.at(50) / StrictMath.pow(rate, 50) - 1) < 0.2;
  }

  private static void table(Markdown page, Map<String, Flow> flows) {
    List<String> header = new ArrayList<>(List.of("network"));
    LAGS.forEach(lag -> header.add("lag " + lag));
    header.add("effective memory (steps)");
    header.add("loss, lag 50");
    List<List<String>> rows = new ArrayList<>();
    flows.forEach(
        (name, flow) -> {
          List<String> cells = new ArrayList<>(List.of(name));
          LAGS.forEach(lag -> cells.add(Numbers.of(flow.at(lag))));
          cells.add(
              flow.memory().isPresent()
                  ? Integer.toString(flow.memory().getAsInt())
                  : "> " + (EXPERIMENT.length() - 1));
          cells.add(Numbers.of(flow.loss().get(50)));
          rows.add(cells);
        });
    page.table(header, rows);
  }

  private static String draw(Map<String, Flow> flows, Regime regime, String name, Path pictures)
      throws IOException {
    Picture picture =
        new Picture(
                "Gradient flow, " + regime.title(),
                "lag T − t (steps)",
                "‖∂h_T / ∂s_t‖ (spectral norm)",
                1e-12,
                1e9,
                true)
            .upTo(EXPERIMENT.length());
    List<Picture.Ink> inks =
        List.of(
            Picture.Ink.SKY,
            Picture.Ink.BLUE,
            Picture.Ink.NAVY,
            Picture.Ink.RED,
            Picture.Ink.ORANGE,
            Picture.Ink.BROWN,
            Picture.Ink.GREEN,
            Picture.Ink.FOREST);
    int line = 0;
    for (Map.Entry<String, Flow> flow : flows.entrySet()) {
      List<Double> norms = flow.getValue().state();
      List<Double> drawn = new ArrayList<>();
      for (int lag = 0; lag < norms.size(); lag += LAGS_DRAWN) {
        drawn.add(norms.get(lag));
      }
      picture.line(flow.getKey(), inks.get(line), LAGS_DRAWN, drawn);
      line++;
    }
    String file = "gradient-flow-" + name + ".svg";
    picture.save(pictures.resolve(file));
    return pictures.getFileName() + "/" + file;
  }
}
