package io.gatecast.benchmarks.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of its third run leaves two, and the next one goes on. */
class KilledRunTest {
  private static Protocol.Order order(Fake model) {
    return new Protocol.Order(
        List.of(ProtocolSet.EXCHANGE),
        List.of(12),
        List.of(4),
        List.of(model),
        List.of(1L, 2L, 3L, 4L));
  }

  private static void waitInTheThird(int fits) {
    if (fits == 2) {
      System.out.println("third");
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What is killed; its argument is the store. */
  public static void main(String[] args) throws IOException {
    run(Path.of(args[0]), order(new Fake("net", "small", true, KilledRunTest::waitInTheThird)));
  }

  private static void run(Path store, Protocol.Order order) throws IOException {
    new Protocol(new ProtocolStore(store), set -> Series.data(2), line -> {}, System::nanoTime)
        .run(order, false);
  }

  @Test
  void theNextProcessGoesOnWhereAKilledOneWas(@TempDir Path folder) throws Exception {
    Path store = folder.resolve("protocol.json");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledRunTest.class.getName(),
                store.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals("third", process.inputReader().readLine());
    } finally {
      process.destroyForcibly().waitFor();
    }
    String killed = Files.readString(store);
    assertEquals(2, new ProtocolStore(store).runs().size());

    Fake model = new Fake("net", "small", true);
    run(store, order(model));
    assertEquals(List.of("Exchange 12 to 4 3", "Exchange 12 to 4 4"), model.fits);
    assertEquals(4, new ProtocolStore(store).runs().size());
    String kept = killed.substring(0, killed.lastIndexOf('}') + 1);
    assertTrue(Files.readString(store).startsWith(kept), "finished runs stay as they were");
  }
}
