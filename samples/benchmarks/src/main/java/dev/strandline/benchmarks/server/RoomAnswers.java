package dev.strandline.benchmarks.server;

import dev.strandline.benchmarks.data.Row;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One room's messages as bytes, the newest stamp first and joined by commas: any page of history is
 * a run of bytes in the middle, which is sent as it lies there.
 */
final class RoomAnswers {
  private final long[] stamps;
  private final int[] offsets;
  private final ByteBuffer bytes;
  private final List<Row> changes = new ArrayList<>();
  private final List<String> deletions = new ArrayList<>();
  private long changedAt = Long.MIN_VALUE;

  RoomAnswers(List<Row> newestFirst) {
    int count = newestFirst.size();
    stamps = new long[count];
    offsets = new int[count + 1];
    ByteArrayOutputStream joined = new ByteArrayOutputStream(count * 800);
    for (int i = 0; i < count; i++) {
      stamps[i] = newestFirst.get(i).updatedAt();
      joined.writeBytes(newestFirst.get(i).json().getBytes(StandardCharsets.UTF_8));
      joined.write(',');
      offsets[i + 1] = joined.size();
    }
    bytes = ByteBuffer.allocateDirect(joined.size()).put(joined.toByteArray()).flip();
  }

  /** Adds what has happened since: {@code rows} written and {@code ids} deleted at a moment. */
  synchronized void change(List<Row> rows, List<String> ids, long at) {
    changes.clear();
    changes.addAll(rows);
    deletions.clear();
    deletions.addAll(ids);
    changedAt = at;
  }

  /** A page of history: what was last written before {@code before}. */
  Answer previous(long before, int count) {
    int from = firstAt(before, false);
    int to = Math.min(stamps.length, from + count);
    String older = to < stamps.length ? "\"" + stamps[to - 1] + "\"" : "null";
    String newer = from < to ? "\"" + stamps[from] + "\"" : "null";
    return answer(from, to, "", "", "\"cursor\":{\"next\":" + newer + ",\"previous\":" + older);
  }

  /** Everything that was written or deleted after {@code moment}. */
  synchronized Answer since(long moment) {
    StringBuilder updated = new StringBuilder();
    StringBuilder deleted = new StringBuilder();
    if (changedAt > moment) {
      changes.forEach(row -> updated.append(row.json()).append(','));
      deletions.forEach(deletion -> deleted.append(deletion).append(','));
    }
    return answer(0, firstAt(moment, true), updated.toString(), deleted.toString(), "");
  }

  /** The index of the first stamp before {@code moment}, or, if {@code orAt}, at it. */
  private int firstAt(long moment, boolean orAt) {
    int low = 0;
    int high = stamps.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (stamps[middle] < moment || (orAt && stamps[middle] == moment)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private Answer answer(int from, int to, String updated, String deleted, String cursor) {
    // The comma behind the last of a list is left off.
    boolean isCutHere = to > from;
    String before = isCutHere || updated.isEmpty() ? updated : withoutLast(updated);
    String gone = deleted.isEmpty() ? "" : withoutLast(deleted);
    ByteBuffer page =
        isCutHere
            ? bytes.slice(offsets[from], offsets[to] - 1 - offsets[from])
            : ByteBuffer.allocate(0);
    String end = cursor.isEmpty() ? "" : "," + cursor + "}";
    return new Answer(
        "{\"result\":{\"updated\":[" + before,
        page,
        "],\"deleted\":[" + gone + "]" + end + "},\"success\":true}");
  }

  private static String withoutLast(String list) {
    return list.substring(0, list.length() - 1);
  }
}
