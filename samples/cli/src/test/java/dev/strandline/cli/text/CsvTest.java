package dev.strandline.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvTest {
  private static String row(boolean isGuarded, String... fields) {
    StringWriter text = new StringWriter();
    new Csv(new PrintWriter(text), isGuarded).row(fields);
    return text.toString();
  }

  @Test
  void fieldsAreQuotedAsRfc4180Has() {
    assertThat(row(true, "plain", "a,b", "say \"a\"", "two\nlines", "two\r\nmore", " ", ""))
        .isEqualTo("plain,\"a,b\",\"say \"\"a\"\"\",\"two\nlines\",\"two\r\nmore\", ,\"\"\r\n");
    assertThat(row(true, "a", null, "c")).isEqualTo("a,,c\r\n");
  }

  @Test
  void nothingIsLeftThatASpreadsheetCalculates() {
    for (String start : List.of("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")) {
      assertThat(row(true, start + "1").replace("\"", "")).startsWith("'");
      assertThat(row(false, start + "1").replace("\"", "")).startsWith(start);
    }
    assertThat(row(true, "1-1=0", "tide")).isEqualTo("1-1=0,tide\r\n");
  }

  @Test
  void takingOneApostropheAwayGivesBackEveryField() {
    Random random = new Random(11);
    String letters = "='\",\r\n\t+-@ab ";
    for (int i = 0; i < 2000; i++) {
      List<String> fields = new ArrayList<>();
      for (int k = random.nextInt(3); k >= 0; k--) {
        StringBuilder field = new StringBuilder();
        for (int n = random.nextInt(4); n > 0; n--) {
          field.append(letters.charAt(random.nextInt(letters.length())));
        }
        fields.add(field.toString());
      }
      String row = row(true, fields.toArray(new String[0]));
      assertThat(
              parsed(row).stream()
                  .map(field -> field.startsWith("'") ? field.substring(1) : field)
                  .toList())
          .isEqualTo(fields);
      assertThat(parsed(row)).noneMatch(field -> field.matches("(?s)[=+@\\t\\r\\n-].*"));
    }
  }

  /** One record, read by the grammar of RFC 4180. */
  private static List<String> parsed(String record) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean isQuoted = false;
    int end = record.length() - 2;
    assertThat(record.substring(end)).isEqualTo("\r\n");
    for (int i = 0; i < end; i++) {
      char c = record.charAt(i);
      if (isQuoted && c == '"' && i + 1 < end && record.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c == ',' && !isQuoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        assertThat(isQuoted || (c != '\r' && c != '\n')).isTrue();
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
