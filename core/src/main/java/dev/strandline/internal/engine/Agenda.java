package dev.strandline.internal.engine;

import dev.strandline.internal.call.Waits;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.Workers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run still has to work on, for lanes to take from: in order, but never two scopes of one
 * room at a time (R7). Safe for several threads.
 */
final class Agenda {

  /**
   * One scope to work on.
   *
   * @param room the room that it is in; null for a thread of which that is not known yet, which is
   *     then worked on while nothing else is
   */
  record Item(Scope scope, @Nullable RoomId room) {}

  private final Workers.Signal signal;
  private final List<Item> waiting = new ArrayList<>();
  private final Set<RoomId> busy = new HashSet<>();
  private int underWay;
  private boolean alone;

  Agenda(Workers workers) {
    signal = workers.signal();
  }

  /** Adds what comes after all that is waiting. */
  synchronized void add(Item item) {
    waiting.add(item);
  }

  /** How many lanes can be at work at once. */
  synchronized int width() {
    return (int) waiting.stream().map(Item::room).distinct().count();
  }

  /**
   * The next item that can be worked on, waiting for one where there may be one later; null where
   * there is nothing left. Each that is taken is given back to {@link #done}.
   */
  @Nullable Item take() {
    while (true) {
      Item next = poll();
      if (next != null || isOver()) {
        return next;
      }
      Waits.calmly(signal, this::hasNews);
    }
  }

  /** An item is done, and what it led to has been added. */
  void done(Item item) {
    synchronized (this) {
      underWay--;
      if (item.room() == null) {
        alone = false;
      } else {
        busy.remove(item.room());
      }
    }
    signal.changed();
  }

  /** Drops what is waiting: nothing further is to be begun. */
  void drop() {
    synchronized (this) {
      waiting.clear();
    }
    signal.changed();
  }

  /** The next item that can be worked on now; null where there is none. */
  synchronized @Nullable Item poll() {
    for (Iterator<Item> items = waiting.iterator(); items.hasNext(); ) {
      Item item = items.next();
      if (isFree(item)) {
        items.remove();
        underWay++;
        if (item.room() == null) {
          alone = true;
        } else {
          busy.add(item.room());
        }
        return item;
      }
    }
    return null;
  }

  private boolean isFree(Item item) {
    return !alone && (item.room() == null ? underWay == 0 : !busy.contains(item.room()));
  }

  private synchronized boolean hasNews() {
    return isOver() || waiting.stream().anyMatch(this::isFree);
  }

  private synchronized boolean isOver() {
    return waiting.isEmpty() && underWay == 0;
  }
}
