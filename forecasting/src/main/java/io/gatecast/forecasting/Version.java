package io.gatecast.forecasting;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this program, as the build wrote it. */
public final class Version {
  private static final String RESOURCE = "version.properties";

  private Version() {}

  /** Such as {@code 0.1.0}. */
  public static String text() {
    try (InputStream stream = Version.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("expected " + RESOURCE + " in the jar, found none");
      }
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
