package io.gatecast.reference.experiments;

import static io.gatecast.reference.experiments.ClippingExperiment.LEARNING_RATE;
import static io.gatecast.reference.experiments.ClippingExperiment.LIMIT;
import static io.gatecast.reference.experiments.ClippingExperiment.MOMENTUM;
import static io.gatecast.reference.experiments.Markdown.claim;

import io.gatecast.reference.experiments.ClippingExperiment.Clipped;
import io.gatecast.reference.experiments.ClippingExperiment.Start;
import io.gatecast.reference.experiments.ClippingExperiment.Trained;
import io.gatecast.reference.training.Clipping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The page's part on clipping: one gradient clipped, and two networks trained with and without. */
final class ClippingSection {
  private static final int LENGTH = 40;
  private static final int UPDATES = 3_000;
  private static final Clipping BY_NORM = new Clipping.ByGlobalNorm(LIMIT);
  private static final Clipping NONE = new Clipping.None();

  private ClippingSection() {}

  static void write(Markdown page, Path pictures) throws IOException {
    page.heading(2, "Clipping bounds the update, and brings nothing back");
    page.preformatted(
        "g ← g · min(1, c / ‖g‖)          ‖g‖ over all weights together: the global norm");
    writeOneGradient(page);
    writeExploding(page, pictures);
    writeVanishing(page);
  }

  private static void writeOneGradient(Markdown page) {
    Clipped vanishing = ClippingExperiment.clip(Start.VANISHING, LENGTH, 0.1);
    Clipped exploding = ClippingExperiment.clip(Start.EXPLODING, LENGTH, 0.1);
    page.paragraph(
        "One gradient each, of the adding problem (below) at length "
            + LENGTH
            + ", clipped to a tenth of its norm: of a tanh RNN with ρ = 0.5, whose gradient vanishes,"
            + " and of a ReLU RNN with U = identity, whose gradient explodes. *Early / late* is the norm"
            + " of what the first half of the steps adds to the gradient over that of the second half.");
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("tanh, ρ = 0.5", vanishing));
    rows.add(row("ReLU, identity", exploding));
    page.table(
        List.of(
            "network", "‖g‖", "‖g‖ clipped", "1 − cosine", "early / late", "early / late, clipped"),
        rows);
    page.paragraph(
        claim(
            keepsDirection(vanishing) && keepsDirection(exploding),
            "The norm is what was asked for, the direction is the same to rounding,"),
        claim(
            keepsShares(vanishing) && keepsShares(exploding),
            "and the early steps' share is what it was, to 14 digits: one factor for the whole gradient"
                + " cannot do otherwise. What vanished stays vanished."));
  }

  private static List<String> row(String name, Clipped clipped) {
    return List.of(
        name,
        Numbers.of(clipped.norm()),
        Numbers.of(clipped.clippedNorm()),
        "below 10⁻¹⁴",
        Numbers.of(clipped.early()),
        Numbers.of(clipped.clippedEarly()));
  }

  private static boolean keepsDirection(Clipped clipped) {
    return Math.abs(clipped.clippedNorm() / (0.1 * clipped.norm()) - 1) < 1e-14
        && Math.abs(clipped.cosine() - 1) < 1e-14;
  }

  private static boolean keepsShares(Clipped clipped) {
    return Math.abs(clipped.clippedEarly() / clipped.early() - 1) < 1e-14;
  }

  private static void writeExploding(Markdown page, Path pictures) throws IOException {
    Trained with = ClippingExperiment.train(Start.EXPLODING, LENGTH, UPDATES, BY_NORM);
    Trained without = ClippingExperiment.train(Start.EXPLODING, LENGTH, UPDATES, NONE);
    double bound = LEARNING_RATE * LIMIT / (1 - MOMENTUM);
    page.heading(3, "Where it helps");
    page.paragraph(
        "The ReLU RNN, trained with stochastic gradient descent (η = "
            + LEARNING_RATE
            + ", momentum μ = "
            + MOMENTUM
            + ") with c = 1 and without clipping. An update is then at most η c / (1 − μ) = "
            + Numbers.of(bound)
            + " long.");
    page.picture("Validation error with and without clipping", draw(with, without, pictures));
    page.paragraph(
        claim(
            with.largestUpdate() <= bound && without.largestUpdate() > without.weightNorm(),
            "With clipping the longest update was "
                + Numbers.of(with.largestUpdate())
                + ". Without, it was "
                + Numbers.of(without.largestUpdate())
                + ", of weights whose own norm was "
                + Numbers.of(without.weightNorm())
                + ": one step threw the start away. (The error before the first update, "
                + Numbers.of(with.errors().get(0))
                + " of the baseline, is beyond the picture.)"),
        claim(
            with.last() < 0.5 && without.least() > 0.8,
            "With clipping the error came down to "
                + Numbers.of(with.last())
                + " of the baseline; without, it never fell below "
                + Numbers.of(without.least())
                + "."),
        claim(
            with.beyond() > UPDATES / 2,
            "The limit was not the exception but the rule: "
                + Numbers.count(with.beyond())
                + " of "
                + Numbers.count(UPDATES)
                + " gradients were longer than c."));
  }

  private static String draw(Trained with, Trained without, Path pictures) throws IOException {
    String file = "clipping.svg";
    new Picture(
            "An exploding gradient, with and without clipping",
            "updates",
            "validation error / baseline",
            0,
            2,
            false)
        .upTo(UPDATES)
        .line("clipped to 1", Picture.Ink.NAVY, ClippingExperiment.CHECK, with.errors())
        .line("not clipped", Picture.Ink.RED, ClippingExperiment.CHECK, without.errors())
        .save(pictures.resolve(file));
    return pictures.getFileName() + "/" + file;
  }

  private static void writeVanishing(Markdown page) {
    Trained with = ClippingExperiment.train(Start.VANISHING, LENGTH, UPDATES, BY_NORM);
    Trained without = ClippingExperiment.train(Start.VANISHING, LENGTH, UPDATES, NONE);
    page.heading(3, "Where it does not");
    page.paragraph(
        claim(
            Math.min(with.least(), without.least()) > 0.85,
            "The tanh RNN with ρ = 0.5, the same training: after "
                + Numbers.count(UPDATES)
                + " updates its error is "
                + Numbers.of(with.last())
                + " of the baseline with clipping and "
                + Numbers.of(without.last())
                + " without; neither was ever below "
                + Numbers.of(Math.min(with.least(), without.least()))
                + "."),
        "Clipping is no cure for forgetting; a start that remembers, or gates that can learn to, are.");
  }
}
