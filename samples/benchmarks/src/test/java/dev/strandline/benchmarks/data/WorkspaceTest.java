package dev.strandline.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
  private static final Shape SHAPE = Shape.of(5_000, 50, 7);

  @Test
  void isTheSameInEveryProcess() {
    Shape told = Shape.of(SHAPE.arguments());

    assertThat(new Workspace(told).room(3)).isEqualTo(new Workspace(SHAPE).room(3));
  }

  @Test
  void hasAsManyMessagesAsWereAskedFor() {
    assertThat(IntStream.range(0, 50).map(SHAPE::messagesIn).sum()).isEqualTo(5_000);
    assertThat(IntStream.range(0, 50).map(SHAPE::messagesIn)).allMatch(count -> count > 0);
  }

  @Test
  void looksLikeAWorkspace() {
    List<Row> rows =
        IntStream.range(0, 50)
            .mapToObj(room -> new Workspace(SHAPE).room(room))
            .flatMap(List::stream)
            .toList();
    Set<String> ids = new HashSet<>();
    rows.forEach(row -> ids.add(row.id()));
    Set<Long> stamps = new HashSet<>();
    rows.forEach(row -> stamps.add(row.updatedAt()));
    double bytes =
        rows.stream()
            .mapToInt(row -> row.json().getBytes(StandardCharsets.UTF_8).length)
            .average()
            .orElseThrow();

    assertThat(ids).hasSameSizeAs(rows);
    assertThat(stamps).hasSizeLessThan(rows.size());
    assertThat(rows).anyMatch(row -> row.thread() != null).anyMatch(row -> row.replies() > 0);
    assertThat(bytes).isBetween(600.0, 800.0);
  }
}
