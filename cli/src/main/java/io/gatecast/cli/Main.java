package io.gatecast.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Entry of the {@code gatecast} command. The only place that ends the process. */
public final class Main {
  private Main() {}

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param args as typed
   */
  public static void main(String[] args) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    // Native libraries and others may print; standard output belongs to the command's answer.
    System.setOut(err);
    int exit = run(args, System.getenv(), out, err);
    out.flush();
    err.flush();
    System.exit(exit);
  }

  /** The command without the process around it. */
  static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    return GatecastCommand.run(args, environment, out, err);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
