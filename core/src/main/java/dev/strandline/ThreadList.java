package dev.strandline;

import dev.strandline.model.Coverage;
import dev.strandline.model.ThreadSummary;
import java.util.List;

/**
 * Threads of a room, the most recently replied to first.
 *
 * @param coverage what the list is worth: that of the room
 */
public record ThreadList(List<ThreadSummary> threads, Coverage coverage) {
  public ThreadList {
    threads = List.copyOf(threads);
  }
}
