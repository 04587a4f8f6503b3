package io.gatecast.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells in columns as wide as their widest cell: text to the left, numbers to the right.
 */
public final class TextTable {
  private final int textColumns;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param textColumns how many of the first columns hold text
   */
  public TextTable(int textColumns) {
    this.textColumns = textColumns;
  }

  /**
   * Adds a row.
   *
   * @param cells as many as in the other rows
   */
  public void row(String... cells) {
    rows.add(cells.clone());
  }

  /**
   * Prints all rows.
   *
   * @param out where to
   */
  public void print(PrintStream out) {
    int[] widths = new int[rows.get(0).length];
    for (String[] cells : rows) {
      for (int column = 0; column < cells.length; column++) {
        widths[column] = Math.max(widths[column], cells[column].length());
      }
    }
    for (String[] cells : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < cells.length; column++) {
        String padding = " ".repeat(widths[column] - cells[column].length());
        line.append(column == 0 ? "" : "  ")
            .append(column < textColumns ? cells[column] + padding : padding + cells[column]);
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
