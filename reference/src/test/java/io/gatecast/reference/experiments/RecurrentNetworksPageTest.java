package io.gatecast.reference.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs every experiment and writes {@code docs/recurrent-networks.md}, if all that it says is borne
 * out; else it fails and the page stays as it was.
 */
@Tag("experiments")
class RecurrentNetworksPageTest {
  private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
  private static final Path DOCS = MODULE.resolve("../docs").normalize();

  @Test
  void thePageSaysWhatTheExperimentsFind() throws IOException, InterruptedException {
    Path pictures = Files.createDirectories(DOCS.resolve("recurrent-networks"));
    Markdown page = new Markdown();
    page.heading(1, "Recurrent networks: the textbook's claims, measured");
    page.paragraph(
        "*Generated, text included, by `mvn -Pexperiments -pl reference verify`; do not edit. The code"
            + " is in `reference/src/test/java/io/gatecast/reference/experiments`. Every number here was"
            + " computed by that run, and every sentence that judges is guarded by an assertion on the"
            + " numbers, or chosen by them. All but the time ratios is the same on every run.*");

    // Time first and alone: the memory tasks use all threads.
    BasicsSection.write(
        page, StepTimeExperiment.ratios(TrainingRun.HIDDEN), StepTimeExperiment.ratios(64));
    GradientFlowSection.write(page, pictures);
    ClippingSection.write(page, pictures);
    MemoryResults results = MemoryTasksExperiment.run(MODULE.resolve("target/experiments"));
    MemoryTasksSection.write(page, results, pictures);
    VerdictSection.write(page, results);
    references(page);
    Files.writeString(DOCS.resolve("recurrent-networks.md"), page.toString());
  }

  private static void references(Markdown page) {
    page.heading(2, "Papers");
    page.list(
        List.of(
            "M. Arjovsky, A. Shah and Y. Bengio, *Unitary Evolution Recurrent Neural Networks*, ICML"
                + " 2016.",
            "Y. Bengio, P. Simard and P. Frasconi, *Learning Long-Term Dependencies with Gradient"
                + " Descent Is Difficult*, IEEE Transactions on Neural Networks 5, 1994.",
            "K. Cho et al., *Learning Phrase Representations Using RNN Encoder–Decoder for Statistical"
                + " Machine Translation*, EMNLP 2014.",
            "J. L. Elman, *Finding Structure in Time*, Cognitive Science 14, 1990.",
            "F. A. Gers, J. Schmidhuber and F. Cummins, *Learning to Forget: Continual Prediction with"
                + " LSTM*, Neural Computation 12, 2000.",
            "S. Hochreiter and J. Schmidhuber, *Long Short-Term Memory*, Neural Computation 9, 1997.",
            "R. Jozefowicz, W. Zaremba and I. Sutskever, *An Empirical Exploration of Recurrent Network"
                + " Architectures*, ICML 2015.",
            "Q. V. Le, N. Jaitly and G. E. Hinton, *A Simple Way to Initialize Recurrent Networks of"
                + " Rectified Linear Units*, arXiv:1504.00941, 2015.",
            "R. Pascanu, T. Mikolov and Y. Bengio, *On the Difficulty of Training Recurrent Neural"
                + " Networks*, ICML 2013.",
            "C. Tallec and Y. Ollivier, *Can Recurrent Neural Networks Warp Time?*, ICLR 2018.",
            "P. J. Werbos, *Backpropagation Through Time: What It Does and How to Do It*, Proceedings of"
                + " the IEEE 78, 1990."));
  }
}
