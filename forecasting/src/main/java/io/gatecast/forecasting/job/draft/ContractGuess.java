package io.gatecast.forecasting.job.draft;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.contract.ContractReport;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a contract must allow so that the data gets in, from a reading that allowed all.
 *
 * @param settings of the section {@code contract}, in YAML
 * @param because why
 */
record ContractGuess(List<String> settings, String because) {
  private static final double USUAL = 0.01;
  private static final double MOST = 0.5;

  static ContractGuess of(ContractReport report) {
    List<String> settings = new ArrayList<>();
    List<String> because = new ArrayList<>();
    if (report.kinds().containsKey(Kind.CONFLICT)) {
      settings.add("conflict: drop");
      because.add(
          report.kinds().getOrDefault(Kind.CONFLICT, 0)
              + " times have another row that differs; the first one stands");
    }
    int ohlc = report.kinds().getOrDefault(Kind.OHLC, 0);
    boolean warn = ohlc > USUAL * report.read();
    if (warn) {
      settings.add("ohlc: warn");
      because.add(ohlc + " rows have open or close outside low to high");
    }
    int rejected = Math.max(0, report.rejected() - (warn ? ohlc : 0));
    double share = (double) rejected / report.read();
    if (share > MOST) {
      Problem first = report.problems().get(0);
      throw new JobFault(
          ExitCode.DATA,
          "rows that a contract lets in",
          rejected + " of " + report.read() + " rows rejected, such as " + first.kind().text(),
          first.file() + ", line " + first.line(),
          "write the job file by hand, or mend the rows");
    }
    if (share > USUAL) {
      double allowed = Math.ceil(share * 1.1 * 100) / 100;
      settings.add(String.format(Locale.ROOT, "max_rejected: %.2f", allowed));
      because.add(rejected + " of " + report.read() + " rows cannot be used");
    }
    return new ContractGuess(List.copyOf(settings), String.join("; ", because));
  }
}
