package dev.strandline.testkit.simulation;

import dev.strandline.model.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a room ever showed, and when: what claims are held against. Times are
 * milliseconds of the server's true time, in which nothing is written late.
 */
final class ServerRecord {
  private static final long STILL = Long.MAX_VALUE;

  /** One version of a message, and how long the server showed it. */
  static final class Version {
    final Message message;

    /** Its place among the versions of its message. */
    final int number;

    final long from;
    long to = STILL;

    /** Whether nothing took its place when it ended. */
    boolean wentAway;

    private Version(Message message, int number, long from) {
      this.message = message;
      this.number = number;
      this.from = from;
    }

    boolean isShown() {
      return to == STILL;
    }
  }

  private final Map<String, List<Version>> versions = new HashMap<>();
  private final Map<String, Version> shown = new HashMap<>();
  private final Set<String> exempt = new HashSet<>();
  private final Set<String> steppedBack = new HashSet<>();
  private final Set<String> documents = new HashSet<>();
  private String document = "";
  private boolean saysNothing;

  /**
   * Takes down what the room's own document says, by which the directory tells of news. Where it is
   * again what it once was, it tells of nothing that happened in between, until the client asks for
   * another reason: what it is next says only that something has happened since.
   */
  void takeDown(String now) {
    if (!now.equals(document)) {
      document = now;
      saysNothing |= !documents.add(now);
    }
  }

  /** Whether something may have happened in the room that the directory could not tell. */
  boolean saysNothing() {
    return saysNothing;
  }

  /** Takes down what the room shows at {@code now}. */
  void takeDown(long now, Map<String, Message> showing) {
    showing.forEach(
        (id, message) -> {
          Version before = shown.get(id);
          if (before == null || !before.message.json().equals(message.json())) {
            if (before != null) {
              before.to = now;
              if (message.updatedAt().isBefore(before.message.updatedAt())) {
                steppedBack.add(id);
              }
            }
            List<Version> all = versions.computeIfAbsent(id, i -> new ArrayList<>(2));
            Version version = new Version(message, all.size(), now);
            all.add(version);
            shown.put(id, version);
          }
        });
    if (shown.size() > showing.size()) {
      shown
          .values()
          .removeIf(
              version -> {
                boolean gone = !showing.containsKey(version.message.id().value());
                if (gone) {
                  version.to = now;
                  version.wentAway = true;
                }
                return gone;
              });
    }
  }

  /** What is shown now. */
  Map<String, Version> shown() {
    return shown;
  }

  /** The ids of all that was ever shown. */
  Set<String> ids() {
    return versions.keySet();
  }

  /**
   * Exempts a message: something happened to it that no feed tells, or it could not be understood.
   */
  void exempt(String id) {
    exempt.add(id);
  }

  boolean isExempt(String id) {
    return exempt.contains(id);
  }

  /**
   * Whether claims say nothing of a message: besides exempt ones those that a process whose clock
   * is behind has stamped back. Such a row can pass the pages of a pass unseen, from before them to
   * behind them; the next pass brings it, but until then a claim is wrong.
   */
  boolean isUnclaimed(String id) {
    return exempt.contains(id) || steppedBack.contains(id);
  }

  /**
   * What was shown at the beginning of the millisecond {@code moment}, before anything else
   * happened in it; null where nothing was.
   */
  @Nullable Version shownAt(String id, long moment) {
    List<Version> all = versions.getOrDefault(id, List.of());
    for (int i = all.size() - 1; i >= 0; i--) {
      Version version = all.get(i);
      if (version.from < moment) {
        return version.to >= moment ? version : null;
      }
    }
    return null;
  }

  /** Whether the message went away at {@code moment} or later, even if it came again. */
  boolean wentAwaySince(String id, long moment) {
    for (Version version : versions.getOrDefault(id, List.of())) {
      if (version.wentAway && version.to >= moment) {
        return true;
      }
    }
    return false;
  }

  /**
   * The version that a stored message is: the latest with its content, or, since a thread's answer
   * shows other people's stars, with its stamp. Null where the server never showed such a one.
   */
  @Nullable Version of(Message stored) {
    List<Version> all = versions.getOrDefault(stored.id().value(), List.of());
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).message.json().equals(stored.json())) {
        return all.get(i);
      }
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Message message = all.get(i).message;
      if (message.updatedAt().equals(stored.updatedAt())
          && message.text().equals(stored.text())
          && message.json().contains("\"starred\"")) {
        return all.get(i);
      }
    }
    return null;
  }
}
