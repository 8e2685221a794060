package dev.strandline.cli.text;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values as RFC 4180 has them: a record ends in CR LF, and a field that has a
 * comma, a quote or a line end in it stands in quotes.
 */
public final class Csv {
  /**
   * What makes a spreadsheet calculate, in the forms for half and for full width, and what it drops
   * before it looks. The apostrophe is among them so that taking one away gives back every text.
   */
  private static final String CALCULATED = "=+-@\t\r\n'＝＋－＠";

  private final PrintWriter out;
  private final boolean isGuarded;

  /**
   * A writer of rows.
   *
   * @param isGuarded whether a field that a spreadsheet would take for a formula gets an apostrophe
   *     in front of it
   */
  public Csv(PrintWriter out, boolean isGuarded) {
    this.out = out;
    this.isGuarded = isGuarded;
  }

  /** Prints a row. Null is an empty field without quotes, an empty text one with them. */
  public void row(@Nullable String... fields) {
    for (int i = 0; i < fields.length; i++) {
      if (i > 0) {
        out.print(',');
      }
      String field = fields[i];
      if (field != null) {
        out.print(quoted(isGuarded ? guarded(field) : field));
      }
    }
    out.print("\r\n");
  }

  /** The same for a list. */
  public void row(List<String> fields) {
    row(fields.toArray(new String[0]));
  }

  private static String guarded(String field) {
    return !field.isEmpty() && CALCULATED.indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
  }

  private static String quoted(String field) {
    boolean needsQuotes =
        field.isEmpty()
            || field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return needsQuotes ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }
}
