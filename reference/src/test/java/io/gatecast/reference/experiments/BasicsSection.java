package io.gatecast.reference.experiments;

import static io.gatecast.reference.experiments.Markdown.claim;

import io.gatecast.reference.CellKind;
import io.gatecast.reference.ParameterCount;
import io.gatecast.reference.Reset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page's first part: equations, parameters, time of a step. */
final class BasicsSection {
  private BasicsSection() {}

  static void write(
      Markdown page, Map<Contender, Double> timesSmall, Map<Contender, Double> timesLarge) {
    page.heading(2, "The cells");
    page.paragraph(
        "x_t is the input, h the hidden vector, h' and C' stand for h_{t-1} and C_{t-1}, σ is the"
            + " logistic function, ∘ the elementwise product. Each gate has weights W [hidden, input],"
            + " U [hidden, hidden] and a bias b [hidden] of its own.");
    page.preformatted(
        """
        RNN    h = φ(W x + U h' + b)                        φ ∈ {tanh, σ, relu}

        GRU    z  = σ(W_z x + U_z h' + b_z)                 update
               r  = σ(W_r x + U_r h' + b_r)                 reset
               h~ = tanh(W_h x + U_h (r ∘ h') + b_h)        candidate (reset before the product)
               h  = (1 − z) ∘ h' + z ∘ h~

        LSTM   f, i, o = σ(W x + U h' + b) each             forget, input, output
               C~ = tanh(W_c x + U_c h' + b_c)              candidate
               C  = f ∘ C' + i ∘ C~                         cell
               h  = o ∘ tanh(C)

        head   y = V h + c
        """);
    page.paragraph(
        "RNN: Elman 1990. LSTM: Hochreiter and Schmidhuber 1997; the forget gate is of Gers,"
            + " Schmidhuber and Cummins 2000. GRU: Cho et al. 2014; some libraries swap the roles of"
            + " z and 1 − z, or reset after the product U_h h'.");

    page.heading(2, "Parameters and time");
    long rnn = count(Contender.RNN, 8, 32);
    page.paragraph(
        "A gate has hidden·input + hidden² + hidden parameters; the RNN has one such gate, the GRU"
            + " three, the LSTM four.",
        claim(
            count(Contender.GRU, 8, 32) == 3 * rnn && count(Contender.LSTM, 8, 32) == 4 * rnn,
            "So of equal sizes the layers relate as 1 : 3 : 4."),
        claim(
            new ParameterCount(new CellKind.Gru(Reset.AFTER), 8, 32).perLayer() == 3 * rnn + 32,
            "(A GRU that resets after the product has `hidden` more, its candidate's second bias.)"),
        "The time is that of a training step of this oracle, batch "
            + TrainingRun.BATCH
            + ", length "
            + StepTimeExperiment.LENGTH
            + ", as a multiple of the RNN's; it is the one thing on this page that differs from"
            + " machine to machine and from run to run.");
    List<List<String>> rows = new ArrayList<>();
    for (Contender cell : StepTimeExperiment.CELLS) {
      rows.add(
          List.of(
              cell.title(),
              Numbers.count(count(cell, 2, TrainingRun.HIDDEN)),
              Numbers.count(count(cell, 8, 32)),
              Numbers.count(count(cell, 64, 256)),
              Numbers.of(new ParameterCount(cell.kind(), 8, 32).timesVanilla()),
              Numbers.of(timesSmall.getOrDefault(cell, Double.NaN)),
              Numbers.of(timesLarge.getOrDefault(cell, Double.NaN))));
    }
    page.table(
        List.of(
            "layer",
            "parameters, input 2, hidden " + TrainingRun.HIDDEN,
            "8, 32",
            "64, 256",
            "ratio",
            "time, hidden " + TrainingRun.HIDDEN,
            "time, hidden 64"),
        rows);
  }

  private static long count(Contender cell, int input, int hidden) {
    return new ParameterCount(cell.kind(), input, hidden).perLayer();
  }
}
