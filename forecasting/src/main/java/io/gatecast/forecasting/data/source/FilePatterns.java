package io.gatecast.forecasting.data.source;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/**
 * Turns paths and patterns into the files that are there now. A path that exists as it is written
 * is itself, whatever characters it has. Hidden files match only a pattern that writes their dot.
 */
final class FilePatterns {
  private static final String WILD = "*?[{";

  private final String kind;
  private final String where;

  /**
   * Makes one for a list of a job.
   *
   * @param kind what a file should be, for errors: {@code CSV file}
   * @param where of the list, for errors
   */
  FilePatterns(String kind, String where) {
    this.kind = kind;
    this.where = where;
  }

  /** A copy of the list, all of it absolute. */
  static List<String> checked(List<String> files) {
    for (String file : files) {
      if (!Path.of(fixedPart(file)).isAbsolute()) {
        throw new IllegalArgumentException(
            "files: expected absolute paths, found \"" + file + "\"");
      }
    }
    return List.copyOf(files);
  }

  /** All of the path where it has no wildcard; otherwise the folder that is before the first. */
  private static String fixedPart(String file) {
    for (int i = 0; i < file.length(); i++) {
      if (WILD.indexOf(file.charAt(i)) >= 0) {
        int end = Math.max(file.lastIndexOf('/', i), file.lastIndexOf(File.separatorChar, i));
        return file.substring(0, end + 1);
      }
    }
    return file;
  }

  /**
   * The files.
   *
   * @param files absolute paths and patterns
   * @return each file once, in the order of their paths
   * @throws JobFault if one is not there or cannot be read, or a pattern matches none
   */
  List<Path> resolve(List<String> files) {
    TreeSet<Path> found = new TreeSet<>();
    for (String file : files) {
      found.addAll(resolve(file));
    }
    found.forEach(this::check);
    return List.copyOf(found);
  }

  private List<Path> resolve(String file) {
    String fixed = fixedPart(file);
    if (fixed.equals(file) || exists(file)) {
      return List.of(Path.of(file));
    }
    Path folder = Path.of(fixed);
    String expected = "a " + kind + " that matches " + file;
    if (!Files.isDirectory(folder)) {
      throw fault(expected, "no folder " + folder);
    }
    String pattern = file.substring(fixed.length());
    List<Path> matching;
    try {
      // Java's ** would ask for at least one folder.
      PathMatcher matcher =
          FileSystems.getDefault().getPathMatcher("glob:" + pattern.replace("**/", "{**/,}"));
      matching = walk(folder, pattern, matcher);
    } catch (PatternSyntaxException e) {
      throw new JobFault(
              ExitCode.USAGE,
              "a path or a pattern of *, ?, [a-z], {a,b} and **",
              file + ": " + e.getDescription(),
              where,
              "mend the pattern")
          .because(e);
    } catch (IOException e) {
      throw fault(expected, e.toString()).because(e);
    }
    if (matching.isEmpty()) {
      throw fault(expected, "none");
    }
    return matching;
  }

  private static boolean exists(String file) {
    try {
      return Files.exists(Path.of(file));
    } catch (InvalidPathException e) {
      return false; // a pattern on a system whose names cannot hold a wildcard
    }
  }

  private static List<Path> walk(Path folder, String pattern, PathMatcher matcher)
      throws IOException {
    boolean hidden = pattern.startsWith(".") || pattern.contains("/.");
    int depth =
        pattern.contains("**")
            ? Integer.MAX_VALUE
            : 1 + Math.toIntExact(pattern.chars().filter(c -> c == '/').count());
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            return inner.equals(folder) || hidden || !isHidden(inner)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isDirectory()
                && (hidden || !isHidden(file))
                && matcher.matches(folder.relativize(file))) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof FileSystemLoopException) {
              return FileVisitResult.CONTINUE; // a link to where it is: seen already
            }
            throw e;
          }
        });
    return found;
  }

  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  private void check(Path file) {
    if (!Files.exists(file)) {
      throw unreadable(file, "no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw unreadable(file, Files.isDirectory(file) ? "a folder" : "no regular file");
    }
    if (!Files.isReadable(file)) {
      throw unreadable(file, "a file without permission to read");
    }
  }

  /** What is wrong with a file that cannot be opened. */
  JobFault unreadable(Path file, String found) {
    return fault("a readable " + kind + " at " + file, found);
  }

  private JobFault fault(String expected, String found) {
    return new JobFault(
        ExitCode.DATA,
        expected,
        found,
        where,
        "check the path (relative paths start at the job file's folder) and its permissions");
  }
}
