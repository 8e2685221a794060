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

  /**
   * How long a message is exempt, by true time.
   *
   * @param from the first millisecond
   * @param to the first in which it no longer is
   * @param isByClock whether it is because the server's clock was set
   */
  record Exemption(long from, long to, boolean isByClock) {
    boolean covers(long moment) {
      return from <= moment && moment < to;
    }

    Exemption endedAt(long now) {
      return to == STILL && from <= now ? new Exemption(from, now + 1, isByClock) : this;
    }
  }

  private final Map<String, List<Version>> versions = new HashMap<>();
  private final Map<String, Version> shown = new HashMap<>();
  private final Map<String, List<Exemption>> exempt = new HashMap<>();
  private final Map<String, Long> steppedBack = new HashMap<>();
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

  /**
   * Takes down what the room shows at {@code now}.
   *
   * @return the ids of which something else is shown than before
   */
  Set<String> takeDown(long now, Map<String, Message> showing) {
    Set<String> changed = new HashSet<>();
    showing.forEach(
        (id, message) -> {
          Version before = shown.get(id);
          if (before == null || !before.message.json().equals(message.json())) {
            if (before != null) {
              before.to = now;
              if (message.updatedAt().isBefore(before.message.updatedAt())) {
                steppedBack.put(id, now);
              }
            }
            List<Version> all = versions.computeIfAbsent(id, i -> new ArrayList<>(2));
            Version version = new Version(message, all.size(), now);
            all.add(version);
            shown.put(id, version);
            changed.add(id);
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
                  changed.add(version.message.id().value());
                }
                return gone;
              });
    }
    return changed;
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
   *
   * @param from what was before this time is not exempt
   */
  void exempt(String id, long from) {
    exempt(id, new Exemption(from, STILL, false));
  }

  void exempt(String id, Exemption exemption) {
    List<Exemption> known = exempt.computeIfAbsent(id, i -> new ArrayList<>(1));
    boolean covered =
        known.stream()
            .anyMatch(one -> one.from() <= exemption.from() && one.to() >= exemption.to());
    if (!covered) {
      known.add(exemption);
    }
  }

  /** Ends what a message is exempt for, if it is: what is there from {@code now} on is told. */
  void endExemption(String id, long now) {
    List<Exemption> known = exempt.get(id);
    if (known != null) {
      known.replaceAll(one -> one.endedAt(now));
    }
  }

  /** Ends what is exempt because the server's clock was set. */
  void endExemptionsByClock(long now) {
    exempt
        .values()
        .forEach(known -> known.replaceAll(one -> one.isByClock() ? one.endedAt(now) : one));
  }

  /** Whether a message is exempt at {@code now}. */
  boolean isExempt(String id, long now) {
    return exempt.getOrDefault(id, List.of()).stream().anyMatch(one -> one.covers(now));
  }

  /**
   * Whether claims as of {@code moment} say nothing of a message: besides exempt ones those that a
   * process whose clock is behind has stamped back. Such a row can pass the pages of a pass unseen,
   * from before them to behind them; the next pass brings it, but until then a claim is wrong.
   *
   * @param ends whether that ends with the next pass, rather than never
   */
  boolean isUnclaimed(String id, long moment, boolean ends) {
    Long back = steppedBack.get(id);
    return isExempt(id, moment) || (back != null && (!ends || moment <= back));
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

  /** Whether the message was shown at {@code moment} or later. */
  boolean wasShownSince(String id, long moment) {
    return versions.getOrDefault(id, List.of()).stream().anyMatch(it -> it.to >= moment);
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
