package dev.strandline.internal.feed;

import dev.strandline.internal.call.RunClock;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.ServerFacts;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a run has found out about the server. Safe for several threads. */
public final class ServerKnowledge {
  private final Set<RoomType> sorting = ConcurrentHashMap.newKeySet();
  private final Attempts attempts;
  private volatile boolean directory;
  private volatile boolean cursors = true;
  private volatile @Nullable ServerFacts facts;

  public ServerKnowledge(Attempts attempts) {
    this.attempts = attempts;
  }

  /** Whether this run has read the documents of the caller's rooms. */
  public boolean knowsDirectory() {
    return directory;
  }

  public void directoryRead() {
    directory = true;
  }

  /** Whether {@code room} may be counted by itself again; takes note that it is. */
  public boolean mayCount(RoomId room, ServerTime now, Duration every) {
    return attempts.begin(room, now, every);
  }

  /** R16: whether cursors may be used; believed until an answer shows otherwise. */
  boolean hasCursors() {
    return cursors;
  }

  void noCursors() {
    cursors = false;
  }

  /** Whether listings of this kind of room were seen to be in the order that is asked for. */
  public boolean isKnownToSort(RoomType type) {
    return sorting.contains(type);
  }

  public void sorts(RoomType type) {
    sorting.add(type);
  }

  public void learn(ServerFacts value) {
    facts = value;
  }

  /** R13: whether threads are switched on; believed where the server does not tell its settings. */
  public boolean hasThreads() {
    ServerFacts known = facts;
    return known == null || !Boolean.FALSE.equals(known.threadsEnabled());
  }

  /**
   * R11: up to when a claim goes that is made now as of {@code asOf}. What the server said of
   * itself is believed for an hour, and deletions can go unseen from then on.
   */
  public ServerTime claimable(ServerTime asOf) {
    ServerTime saidAt = saidAt();
    return saidAt == null ? asOf : ServerTime.min(asOf, saidAt.plus(LastMeeting.BELIEVED));
  }

  /**
   * R11: as much of a claim as the server's last word on its settings bears: what is claimed beyond
   * it, deletions can have been hidden from.
   */
  public @Nullable ServerTime certain(@Nullable ServerTime asOf) {
    ServerTime saidAt = saidAt();
    return asOf == null || saidAt == null ? null : ServerTime.min(asOf, saidAt);
  }

  /** When the server spoke of itself, not later than that; null where it told no time. */
  private @Nullable ServerTime saidAt() {
    ServerFacts known = facts;
    if (known == null || known.askedAt() == null) {
      return null;
    }
    return known.confirmed() ? known.askedAt() : known.askedAt().minus(RunClock.DATE_TOLERANCE);
  }

  /** R11: whether deletions can go unseen; false where the server does not tell its settings. */
  public boolean hidesDeletions() {
    ServerFacts known = facts;
    return known != null && known.hidesDeletions();
  }
}
