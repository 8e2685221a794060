package dev.strandline;

import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a run is to bring up to date. Immutable. */
public final class SyncRequest {
  private final boolean everything;
  private final boolean changes;
  private final int mostRooms;
  private final List<RoomId> rooms;
  private final List<MessageId> threads;

  private SyncRequest(Builder builder) {
    everything = builder.everything;
    changes = builder.changes && !builder.everything;
    mostRooms = builder.mostRooms;
    rooms = List.copyOf(builder.rooms);
    threads = List.copyOf(builder.threads);
  }

  /** Every room of the caller's, found by asking the server. */
  public static SyncRequest everything() {
    return builder().everything().build();
  }

  /** What has changed, as cheaply as that can be known; see {@link Builder#changes}. */
  public static SyncRequest changes() {
    return builder().changes().build();
  }

  /** One room. */
  public static SyncRequest room(RoomId room) {
    return builder().room(room).build();
  }

  /** One thread. */
  public static SyncRequest thread(MessageId root) {
    return builder().thread(root).build();
  }

  /** Starts a request for several things. */
  public static Builder builder() {
    return new Builder();
  }

  /** Whether the caller's rooms are to be found and brought up to date. */
  public boolean includesEverything() {
    return everything;
  }

  /** Whether only those of the caller's rooms are to be asked about that it is time for. */
  public boolean isForChangesOnly() {
    return changes;
  }

  /** How many rooms a run for changes takes on besides those named. */
  public int mostRooms() {
    return mostRooms;
  }

  /** The rooms named, first come first served. */
  public List<RoomId> rooms() {
    return rooms;
  }

  /** The threads named, by their roots. */
  public List<MessageId> threads() {
    return threads;
  }

  /** Collects what to bring up to date. Not safe for several threads. */
  public static final class Builder {
    private boolean everything;
    private boolean changes;
    private int mostRooms = Integer.MAX_VALUE;
    private final Set<RoomId> rooms = new LinkedHashSet<>();
    private final Set<MessageId> threads = new LinkedHashSet<>();

    private Builder() {}

    /** Adds every room of the caller's. */
    public Builder everything() {
      everything = true;
      return this;
    }

    /**
     * Adds those of the caller's rooms of which two requests tell that something happened, those on
     * which work is not finished, and those that were not asked about for {@link
     * SyncOptions#sweepWithin}: edits, reactions and pins on older messages are not told. Rooms
     * that are left out keep the claim of their last reading (R9). {@link #everything} includes
     * this.
     */
    public Builder changes() {
      changes = true;
      return this;
    }

    /**
     * Bounds how many rooms {@link #changes} takes on in one run, besides those that are named; no
     * bound unless set. Rooms with news come first; every fourth place is for those whose last turn
     * was longest ago, so that none starves. {@link SyncReport#left} tells how many are left for
     * the next run.
     *
     * @param rooms 1 or more
     */
    public Builder atMost(int rooms) {
      if (rooms < 1) {
        throw new IllegalArgumentException("atMost must be 1 or more, not " + rooms);
      }
      mostRooms = rooms;
      return this;
    }

    /** Adds one room; the caller need not be a member where the server lets others read. */
    public Builder room(RoomId room) {
      rooms.add(room);
      return this;
    }

    /** Adds one thread. */
    public Builder thread(MessageId root) {
      threads.add(root);
      return this;
    }

    /**
     * Makes the request.
     *
     * @throws IllegalStateException where nothing was asked for
     */
    public SyncRequest build() {
      if (!everything && !changes && rooms.isEmpty() && threads.isEmpty()) {
        throw new IllegalStateException(
            "nothing to synchronise: name a room or a thread, or ask for everything() or changes()");
      }
      return new SyncRequest(this);
    }
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (everything) {
      parts.add("everything");
    }
    if (changes) {
      parts.add("changes");
    }
    rooms.forEach(room -> parts.add("room:" + room));
    threads.forEach(root -> parts.add("thread:" + root));
    return "SyncRequest" + parts;
  }
}
