package dev.strandline.cli.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table for people: a line of headings, then a line a row, columns aligned by what a terminal
 * shows. Cells are made harmless on the way in. Not safe for several threads.
 */
public final class Table {
  private static final int GAP = 2;
  private static final int NARROWEST = 8;

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  private Table(List<Column> columns) {
    this.columns = columns;
  }

  /**
   * A column.
   *
   * @param heading what stands above it
   * @param kind what is in it
   */
  public record Column(String heading, Kind kind) {}

  /** What is in a column, and so how it is set. */
  public enum Kind {
    /** Words, never cut. */
    WORDS,
    /** Numbers, to the right. */
    NUMBERS,
    /** Texts of any length, cut where the line would be too long. */
    TEXT
  }

  /** A text and how many cells of the terminal it takes, which is not cheap to find out. */
  private record Cell(String text, int width) {
    static Cell of(String text) {
      return new Cell(text, Width.of(text));
    }

    Cell cut(int cells) {
      return width <= cells ? this : of(Width.cut(text, cells));
    }
  }

  /** A column of words that are never cut. */
  public static Column words(String heading) {
    return new Column(heading, Kind.WORDS);
  }

  /** A column of numbers. */
  public static Column numbers(String heading) {
    return new Column(heading, Kind.NUMBERS);
  }

  /** A column of texts that can be cut. */
  public static Column text(String heading) {
    return new Column(heading, Kind.TEXT);
  }

  /** An empty table. */
  public static Table of(Column... columns) {
    return new Table(List.of(columns));
  }

  /** Adds a row, one cell a column. */
  public void row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "a row takes " + columns.size() + " cells, not " + cells.length);
    }
    rows.add(Arrays.stream(cells).map(Harmless::line).map(Cell::of).toList());
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * Prints the table.
   *
   * @param cells how many cells a line may take; 0 for any number
   */
  public void print(PrintWriter out, int cells) {
    int[] widths = widths(cells);
    printRow(out, columns.stream().map(Column::heading).map(Cell::of).toList(), widths);
    rows.forEach(row -> printRow(out, row, widths));
  }

  private int[] widths(int cells) {
    int[] widths = columns.stream().mapToInt(column -> Width.of(column.heading())).toArray();
    for (List<Cell> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).width());
      }
    }
    if (cells > 0) {
      shrink(widths, cells);
    }
    return widths;
  }

  /** Takes from the widest text, a cell at a time, so that short ones stay whole. */
  private void shrink(int[] widths, int cells) {
    int excess = Arrays.stream(widths).sum() + GAP * (widths.length - 1) - cells;
    while (excess > 0) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        if (columns.get(i).kind() == Kind.TEXT
            && widths[i] > NARROWEST
            && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
      excess--;
    }
  }

  private void printRow(PrintWriter out, List<Cell> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      Cell cell = cells.get(i).cut(widths[i]);
      String blanks = " ".repeat(widths[i] - cell.width());
      boolean number = columns.get(i).kind() == Kind.NUMBERS;
      line.append(number ? blanks + cell.text() : cell.text() + blanks);
      line.append(" ".repeat(GAP));
    }
    out.println(line.toString().stripTrailing());
  }
}
