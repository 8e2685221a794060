package dev.strandline.cli.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A table for people: a line of headings, then a line a row, columns aligned by what a terminal
 * shows. Cells are made harmless on the way in. Not safe for several threads.
 *
 * <p>Where a line would be too long, texts are cut; where that is not enough the last columns go
 * beneath the row instead, whole, over as many lines as they take. Notes go there before any text
 * is cut.
 */
public final class Table {
  private static final int GAP = 2;
  private static final int NARROWEST = 8;
  private static final int INDENT = 4;

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
    TEXT,
    /** Sentences that nothing may be missing of: beneath the row where they do not fit in it. */
    NOTE
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

  /** A column of sentences that are never cut: the last one. */
  public static Column note(String heading) {
    return new Column(heading, Kind.NOTE);
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
    int[] widths = widths();
    if (cells > 0) {
      widths = Arrays.copyOf(widths, beside(widths, cells));
      shrink(widths, cells);
    }
    printRow(out, columns.stream().map(Column::heading).map(Cell::of).toList(), widths);
    for (List<Cell> row : rows) {
      printRow(out, row, widths);
      if (widths.length < columns.size()) {
        printBeneath(out, row, widths.length, cells);
      }
    }
  }

  private int[] widths() {
    int[] widths = columns.stream().mapToInt(column -> Width.of(column.heading())).toArray();
    for (List<Cell> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).width());
      }
    }
    return widths;
  }

  /** How many of the columns stand in a line beside each other; at least one. */
  private int beside(int[] widths, int cells) {
    int count = widths.length;
    if (columns.get(count - 1).kind() == Kind.NOTE
        && needed(widths, count, Integer.MAX_VALUE) > cells) {
      count--;
    }
    while (count > 1 && needed(widths, count, NARROWEST) > cells) {
      count--;
    }
    return count;
  }

  /** How long a line of the first columns is where texts take no more than {@code text}. */
  private int needed(int[] widths, int count, int text) {
    int sum = GAP * (count - 1);
    for (int i = 0; i < count; i++) {
      boolean canBeCut = columns.get(i).kind() == Kind.TEXT;
      sum += canBeCut ? Math.min(widths[i], text) : widths[i];
    }
    return sum;
  }

  /** What stands in no column, with its heading unless it speaks for itself. */
  private void printBeneath(PrintWriter out, List<Cell> row, int from, int cells) {
    List<String> parts = new ArrayList<>();
    for (int i = from; i < columns.size(); i++) {
      Column column = columns.get(i);
      String text = row.get(i).text();
      if (!text.isEmpty()) {
        parts.add(
            column.kind() == Kind.NOTE
                ? text
                : column.heading().toLowerCase(Locale.ROOT) + " " + text);
      }
    }
    String indent = " ".repeat(INDENT);
    Width.wrapped(String.join(" · ", parts), Math.max(NARROWEST, cells - INDENT))
        .forEach(line -> out.println(indent + line));
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
