package dev.strandline.samples.backend;

import dev.strandline.ChangeSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The latest changes of all accounts, numbered, for apps that listen and for those that come back
 * after a moment. What it holds is bounded; an app that has missed more than that is told so, and
 * reads again. It forgets everything with the process, which its ids show. Safe for several
 * threads.
 */
final class ChangeLog {
  private static final int MOST_EVENTS = 4_096;
  private static final long MOST_CHARS = 4_000_000;

  /** More ids than this are not listed: reading the page again is less for the app. */
  private static final int MOST_IDS = 100;

  private final String epoch = UUID.randomUUID().toString().substring(0, 8);
  private final Deque<Event> events = new ArrayDeque<>();
  private final Map<String, Set<Listener>> listeners = new HashMap<>();
  private long chars;
  private long last;

  /**
   * What happened to one account.
   *
   * @param number counts all accounts' events
   * @param type {@code change}, {@code reload} or {@code sync}
   * @param data JSON
   */
  record Event(long number, String account, String type, String data) {}

  /** Who wants to know, at once and without waiting. */
  interface Listener {
    void happened(Event event);
  }

  /** The form in which an app sees a number. */
  String id(long number) {
    return epoch + "-" + number;
  }

  /** Takes note of a commit. */
  void changed(String account, ChangeSet changes) {
    int ids = changes.added().size() + changes.changed().size() + changes.removed().size();
    var data = Json.object().put("room", changes.room().value());
    if (ids > MOST_IDS) {
      add(account, "reload", data.put("reason", "many-changes").toString());
      return;
    }
    Json.ids(data.putArray("added"), changes.added());
    Json.ids(data.putArray("changed"), changes.changed());
    Json.ids(data.putArray("removed"), changes.removed());
    add(account, "change", data.toString());
  }

  synchronized void add(String account, String type, String data) {
    Event event = new Event(++last, account, type, data);
    events.add(event);
    chars += data.length();
    while (events.size() > MOST_EVENTS || chars > MOST_CHARS) {
      chars -= events.remove().data().length();
    }
    for (Listener listener : listeners.getOrDefault(account, Set.of())) {
      listener.happened(event);
    }
  }

  /**
   * Where a listener comes in.
   *
   * @param number the last event before
   * @param missed what happened since the id that it came with; null where nobody can say
   */
  record Entry(long number, @Nullable List<Event> missed) {}

  /**
   * Adds a listener: it hears of every event after the entry's, and of none twice.
   *
   * @param lastId the id of the last event that its app has seen; null for an app that is new
   */
  synchronized Entry enter(String account, @Nullable String lastId, Listener listener) {
    listeners.computeIfAbsent(account, first -> new HashSet<>()).add(listener);
    return new Entry(last, lastId == null ? List.of() : since(account, lastId));
  }

  private @Nullable List<Event> since(String account, String lastId) {
    long seen = numberOf(lastId);
    long firstKept = last - events.size() + 1;
    if (seen < firstKept - 1 || seen > last) {
      return null;
    }
    List<Event> missed = new ArrayList<>();
    for (Event event : events) {
      if (event.number() > seen && event.account().equals(account)) {
        missed.add(event);
      }
    }
    return missed;
  }

  /** The number in an id of this process; less than any where it is none. */
  private long numberOf(String id) {
    String prefix = epoch + "-";
    return id.startsWith(prefix) && id.substring(prefix.length()).matches("[0-9]{1,18}")
        ? Long.parseLong(id.substring(prefix.length()))
        : Long.MIN_VALUE;
  }

  synchronized void leave(String account, Listener listener) {
    Collection<Listener> others = listeners.get(account);
    if (others != null && others.remove(listener) && others.isEmpty()) {
      listeners.remove(account);
    }
  }

  synchronized boolean isListening(String account) {
    return listeners.containsKey(account);
  }
}
