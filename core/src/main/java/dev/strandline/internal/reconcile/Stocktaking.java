package dev.strandline.internal.reconcile;

import dev.strandline.WhyWhole;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.StrandlineException;
import dev.strandline.internal.call.RunClock;
import dev.strandline.internal.commit.Merge;
import dev.strandline.internal.feed.Session;
import dev.strandline.internal.reconcile.Headcount.Count;
import dev.strandline.model.Coverage;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.ListingAnswer.Row;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.RoomState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts a room's messages on the server, and finds what is surplus here: once all that the server
 * shows is stored, equally many messages are the same messages. Writes nothing.
 */
public final class Stocktaking {
  private static final int MOST_UNREADABLE = 1_000;

  /** So many entries in quarantine are asked for one by one, in each try (R15). */
  private static final int MOST_ASKED = 20;

  private final Session session;
  private final RoomId room;
  private final Listing listing;

  /**
   * What was found.
   *
   * @param gone what is stored and no longer shown
   * @param vanished what is in quarantine and no longer shown
   * @param counted how many messages the server shows
   * @param searched whether it took more than counting
   */
  public record Found(
      List<Tombstone> gone, List<MessageId> vanished, long counted, boolean searched) {
    static final Found NOTHING = new Found(List.of(), List.of(), 0, false);
  }

  private Stocktaking(Session session, RoomId room, Listing listing) {
    this.session = session;
    this.room = room;
    this.listing = listing;
  }

  /**
   * Begins, without asking anything.
   *
   * @param further how many requests have to be made besides counting that a whole reading does not
   *     need
   * @throws Uncounted where counting cannot tell, or costs more than reading the room whole
   */
  public static Stocktaking of(Session session, RoomId room, long further) throws Uncounted {
    WhyWhole doubt = doubt(session.state(room));
    if (doubt != null) {
      throw new Uncounted(doubt);
    }
    RoomType type =
        session.store().read(reader -> reader.room(room)).map(Room::type).orElse(RoomType.OTHER);
    if (type == RoomType.OTHER || type == RoomType.LIVECHAT) {
      throw new Uncounted(WhyWhole.NO_LISTING);
    }
    Stocktaking stocktaking = new Stocktaking(session, room, new Listing(session, room, type));
    long counting = further + (session.server().isKnownToSort(type) ? 1 : 2);
    long stored = session.store().read(reader -> reader.counts(room)).messages();
    if (counting > stocktaking.wholePrice(stored)) {
      throw new Uncounted(WhyWhole.FEWER_REQUESTS);
    }
    return stocktaking;
  }

  /** Why more than removals may have been missed; null where nothing else can. */
  private static @Nullable WhyWhole doubt(RoomState state) {
    Coverage.Stale stale = state.stale();
    RoomState.Claim claim = state.claim();
    if (state.reconciling() != null) {
      return WhyWhole.UNDER_WAY;
    }
    if (stale != null
        && stale.cause() != Coverage.Cause.TOMBSTONES_EXPIRED
        && stale.cause() != Coverage.Cause.SILENT_DELETIONS) {
      return WhyWhole.IN_DOUBT;
    }
    boolean wasWhole = claim != null && claim.history().toBeginning();
    return wasWhole && state.history().toBeginning() ? null : WhyWhole.PARTIAL_HISTORY;
  }

  /**
   * About how many requests a whole reading takes, and one to follow the feeds after it. Pages that
   * grow take fewer, but hold as many messages, and counting is to spare those too.
   */
  private long wholePrice(long messages) {
    int pageSize = session.options().pageSize();
    return (messages + pageSize - 1) / pageSize + 1;
  }

  /** A moment that has passed: as it is confirmed, or as far as a date may be wrong. */
  public ServerTime passed() throws Uncounted {
    ServerTime passed = session.calls().clock().passed();
    ServerTime now = session.calls().serverNow();
    if (now == null) {
      throw new Uncounted(WhyWhole.NO_SERVER_TIME);
    }
    return passed != null ? passed : now.minus(RunClock.DATE_TOLERANCE);
  }

  /**
   * A prune writes its tombstones before it removes the first message (facts 4), so for a while the
   * listing shows what the feeds have buried.
   *
   * @param latest the latest deletion that is known
   * @param counted when it was counted, or earlier: the device may have slept since
   */
  public void refuseDeletionsUnderWay(ServerTime latest, ServerTime counted) throws Uncounted {
    if (latest.isAfter(counted.minus(Merge.PRUNE_ALLOWANCE))) {
      throw new Uncounted(WhyWhole.DELETIONS_UNDER_WAY);
    }
  }

  /** The latest deletion of the room that is known. */
  static ServerTime latestDeletion(Session session, RoomId room) {
    ServerTime[] latest = {ServerTime.EPOCH};
    session
        .store()
        .read(
            reader -> {
              reader.forEachTombstone(
                  room,
                  tombstone -> {
                    if (tombstone.reason() == Tombstone.Reason.DELETED) {
                      latest[0] = ServerTime.max(latest[0], tombstone.at());
                    }
                  });
              return latest;
            });
    return latest[0];
  }

  /**
   * Counts, and searches where that is not enough.
   *
   * @param rows what is stored, all that the server shows included; what is found is taken out
   */
  public Found take(LocalRows rows) throws Uncounted {
    Headcount headcount = new Headcount(listing, session.server());
    Count count = headcount.count();
    Set<MessageId> unreadable = unreadable();
    refuseNewcomers(headcount, count, rows, unreadable);
    List<Tombstone> gone = new ArrayList<>();
    List<MessageId> vanished = new ArrayList<>();
    long here = rows.size() + unreadable.size();
    long listed = 0;
    List<Row> hidden = count.lately();
    while (!hidden.isEmpty()) {
      int before = gone.size() + vanished.size();
      takeOut(hidden, rows, unreadable, gone, vanished);
      listed += hidden.size();
      int found = gone.size() + vanished.size();
      boolean further = listed < count.hidden() && here - found > count.visible();
      // The newest come first: where a page brings none, those below were hidden long ago.
      hidden = further && found > before ? headcount.hidden(listed) : List.of();
    }
    long missing = here - gone.size() - vanished.size() - count.visible();
    boolean searched = missing > 0;
    if (searched && vanished.addAll(vanished(unreadable))) {
      // Counted again: what went after the count would make up for something else.
      count = headcount.count();
      refuseNewcomers(headcount, count, rows, unreadable);
      missing = here - gone.size() - vanished.size() - count.visible();
    }
    if (missing < 0) {
      throw new Uncounted(WhyWhole.SHOWS_MORE);
    }
    if (missing > 0) {
      gone.addAll(search(rows, count, missing));
    }
    return new Found(gone, vanished, count.visible(), searched);
  }

  private static void takeOut(
      List<Row> hidden,
      LocalRows rows,
      Set<MessageId> unreadable,
      List<Tombstone> gone,
      List<MessageId> vanished) {
    for (Row row : hidden) {
      MessageKey key = rows.find(row.id());
      if (key != null) {
        rows.without(key);
        gone.add(new Tombstone(row.id(), row.updatedAt(), Tombstone.Reason.HIDDEN));
      } else if (unreadable.remove(row.id())) {
        vanished.add(row.id());
      }
    }
  }

  /**
   * What has come since the feeds were followed would make up for what is gone, and where deletions
   * are hidden it can be gone again before the feeds are followed next. Its stamp is among the
   * newest: at most the lookback behind what is settled (R5).
   */
  private void refuseNewcomers(
      Headcount headcount, Count count, LocalRows rows, Set<MessageId> unreadable)
      throws Uncounted {
    ServerTime settled = session.behind(session.state(room).updated().settled());
    List<Row> newest = count.newest();
    boolean mustReach = session.server().hidesDeletions();
    // Where nothing is hidden, one answer has listed as many as another would.
    if (mustReach && count.hidden() > 0 && !reaches(newest, count, settled)) {
      newest = headcount.newest(count);
    }
    if (mustReach && !reaches(newest, count, settled)) {
      throw new Uncounted(WhyWhole.NOT_STILL);
    }
    for (Row row : newest) {
      if (rows.find(row.id()) == null && !unreadable.contains(row.id())) {
        throw new Uncounted(
            row.updatedAt().isBefore(settled) ? WhyWhole.SHOWS_MORE : WhyWhole.NOT_STILL);
      }
    }
  }

  /** Whether there are all visible rows with stamps from {@code settled} on. */
  private static boolean reaches(List<Row> newest, Count count, ServerTime settled) {
    return newest.size() >= count.visible()
        || (!newest.isEmpty() && newest.get(newest.size() - 1).updatedAt().isBefore(settled));
  }

  /** Entries in quarantine are on the server; of these, those that are stored nowhere else. */
  private Set<MessageId> unreadable() throws Uncounted {
    List<Quarantined> entries =
        session.store().read(reader -> reader.quarantine(room, MOST_UNREADABLE + 1));
    Set<MessageId> ids = new HashSet<>();
    for (Quarantined entry : entries) {
      if (entry.entry().isDeletion()) {
        continue;
      }
      MessageId id = entry.entry().id();
      if (id == null || entries.size() > MOST_UNREADABLE) {
        throw new Uncounted(WhyWhole.UNREADABLE);
      }
      ids.add(id);
    }
    session.store().read(reader -> ids.removeIf(id -> reader.version(id).isPresent()));
    return ids;
  }

  /**
   * R14: what is in quarantine may be gone like anything else, and no search tells. Takes those
   * that are gone out of {@code unreadable}.
   */
  private List<MessageId> vanished(Set<MessageId> unreadable) throws Uncounted {
    if (unreadable.size() > MOST_ASKED) {
      throw new Uncounted(WhyWhole.UNREADABLE);
    }
    List<MessageId> vanished = new ArrayList<>();
    for (MessageId id : unreadable) {
      if (!isThere(id)) {
        vanished.add(id);
      }
    }
    vanished.forEach(unreadable::remove);
    return vanished;
  }

  private List<Tombstone> search(LocalRows rows, Count count, long missing) throws Uncounted {
    long whole = wholePrice(rows.size());
    // Each message that is found is asked for once more.
    if (Bisection.price(missing, count.visible()) + missing > whole) {
      throw new Uncounted(WhyWhole.FEWER_REQUESTS);
    }
    listing.allow(whole);
    List<MessageKey> found = new Bisection(listing, rows, count).run();
    listing.allow(Long.MAX_VALUE);
    if (found.size() != missing) {
      // The search knows of stored rows only: what is in quarantine makes up for what is gone.
      throw new Uncounted(WhyWhole.UNREADABLE);
    }
    List<Tombstone> gone = new ArrayList<>();
    for (MessageKey key : found) {
      refuseWhatIsThere(key.id());
      ServerTime stamp =
          session
              .store()
              .read(reader -> reader.version(key.id()))
              .orElseThrow(() -> new Uncounted(WhyWhole.NOT_STILL))
              .updatedAt();
      gone.add(new Tombstone(key.id(), stamp, Tombstone.Reason.NOT_FOUND));
    }
    return gone;
  }

  /** A listing may leave out more than what is gone: the message itself is asked for. */
  private void refuseWhatIsThere(MessageId id) throws Uncounted {
    if (isThere(id)) {
      throw new Uncounted(WhyWhole.LISTING_FAILED);
    }
  }

  private boolean isThere(MessageId id) {
    try {
      return session.calls().ask(call -> session.transport().message(id, call)).isPresent();
    } catch (StrandlineException e) {
      if (!Listing.isDoneWithout(e) && !(e instanceof NotAuthorizedException)) {
        throw e;
      }
      // A server that shows nobody a single message says nothing of this one.
      return true;
    }
  }
}
