package io.gatecast.forecasting.data.source;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.function.UnaryOperator;
import org.datavec.api.records.reader.RecordReader;
import org.jspecify.annotations.Nullable;

/** Makes instances of a DataVec reader whose class is known by name only. */
final class ReaderClass {
  private final String className;
  private final UnaryOperator<String> whereKey;
  private final Class<? extends RecordReader> type;

  /**
   * Finds the class.
   *
   * @throws JobFault if there is none, or none that can be used
   */
  ReaderClass(String className, UnaryOperator<String> whereKey) {
    this.className = className;
    this.whereKey = whereKey;
    Class<?> found;
    try {
      found = Class.forName(className, false, ReaderClass.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw fault("no class that can be loaded: " + e, "put its jar on the class path", e);
    }
    if (!RecordReader.class.isAssignableFrom(found)) {
      throw fault("a class that is no RecordReader", "name one that is", null);
    }
    type = found.asSubclass(RecordReader.class);
    if (Modifier.isAbstract(type.getModifiers())) {
      throw fault("an abstract class or an interface", "name a class that extends it", null);
    }
  }

  /** The class. */
  Class<? extends RecordReader> type() {
    return type;
  }

  /** A new reader, not yet initialised. */
  RecordReader make() {
    try {
      return type.getConstructor().newInstance();
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw fault(
          "a class without a public constructor that takes nothing",
          "name one that has it, or extend this one by a class that has",
          e);
    } catch (InvocationTargetException e) {
      throw fault("a constructor that fails: " + e.getCause(), "see what the class needs", e);
    } catch (InstantiationException | LinkageError e) {
      throw fault("a class that cannot be used: " + e, "put what it needs on the class path", e);
    }
  }

  private JobFault fault(String found, String action, @Nullable Throwable cause) {
    JobFault fault =
        new JobFault(
            ExitCode.USAGE,
            "a DataVec RecordReader of class " + className,
            found,
            whereKey.apply("source.reader"),
            action);
    return cause == null ? fault : fault.because(cause);
  }
}
