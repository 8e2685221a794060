package dev.strandline.testkit.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;

/**
 * Takes rows from an ordered collection, deciding what comes first among equal stamps. One for each
 * call.
 */
final class TieBreak {
  private final TieOrder order;
  private final Random random;

  TieBreak(TieOrder order, long seed) {
    this.order = order;
    random = new Random(seed);
  }

  /** Whether equal stamps come in another order each time. */
  boolean shuffles() {
    return order == TieOrder.SHUFFLED_EACH_CALL;
  }

  /**
   * The first rows of a collection that is ordered by a stamp.
   *
   * @param limit how many at most
   */
  <T> List<T> first(Collection<T> ordered, ToLongFunction<T> stamp, long limit) {
    List<T> taken = new ArrayList<>();
    int groupStart = 0;
    for (T row : ordered) {
      boolean newGroup =
          !taken.isEmpty() && stamp.applyAsLong(row) != stamp.applyAsLong(taken.get(groupStart));
      if (newGroup) {
        shuffle(taken, groupStart);
        groupStart = taken.size();
      }
      // A shuffled group is taken whole before it is cut: any of its rows may come to lie
      // behind the limit.
      if (taken.size() >= limit && (newGroup || order == TieOrder.INSERTION)) {
        groupStart = taken.size();
        break;
      }
      taken.add(row);
    }
    shuffle(taken, groupStart);
    return taken.size() > limit ? new ArrayList<>(taken.subList(0, (int) limit)) : taken;
  }

  private <T> void shuffle(List<T> rows, int from) {
    if (shuffles() && rows.size() - from > 1) {
      Collections.shuffle(rows.subList(from, rows.size()), random);
    }
  }
}
