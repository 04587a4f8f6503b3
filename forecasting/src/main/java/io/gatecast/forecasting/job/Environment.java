package io.gatecast.forecasting.job;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts environment variables, written as {@code ${NAME}}, into the paths of a job file. */
record Environment(Variables variables) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  /** Looks a variable up. */
  interface Variables {
    /** Its value, or null where it is not set. */
    @Nullable String value(String name);
  }

  /** That of this process. */
  static Environment ofProcess() {
    return new Environment(System::getenv);
  }

  /** The text with its variables, or a fault at its key. */
  String expand(YamlSection section, String key, String text) {
    return replaced(
        text,
        name -> {
          String value = variables.value(name);
          if (value == null || value.isEmpty()) {
            throw section.faultAt(
                key,
                "a path whose variables are set",
                "${" + name + "}, which is not",
                "set it, such as export " + name + "=/some/folder");
          }
          return value;
        });
  }

  private static String replaced(String text, UnaryOperator<String> value) {
    return VARIABLE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value.apply(found.group(1))));
  }
}
