package dev.strandline.internal.engine;

import dev.strandline.error.CursorUnsupportedException;
import dev.strandline.error.UnreachableException;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.Call;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.FeedQuery.Backward;
import dev.strandline.spi.FeedQuery.Forward;
import dev.strandline.spi.FeedQuery.Since;
import dev.strandline.spi.ServerFacts;
import dev.strandline.spi.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The collections behind {@code chat.syncMessages} for one room, as the real server answers from
 * them: strict bounds on milliseconds that are shared, tombstones listed out of order, stamps of
 * app servers whose clocks disagree, writes that become visible late, tombstones that are visible
 * early.
 *
 * <p>One seed draws everything. Times are server milliseconds.
 */
final class ModelServer implements Transport {
  static final RoomId ROOM = new RoomId("R1");

  /** A live message: when it was sent, its stamp, its content. */
  record Live(long sentAt, long stamp, long content) {}

  /** A tombstone: when it was written, and the stamp of the message that it was written for. */
  record Trash(long deletedAt, Live buried) {}

  private record Pending(long due, Runnable write) {}

  final Random random;
  final long skew;
  final boolean hides;
  final boolean restores;
  private final double clash;
  private final boolean cursors;
  private final boolean dated;
  private final boolean confirmed;
  private final long dateIsAhead;

  final Map<String, Live> live = new TreeMap<>();
  private final Map<String, Trash> trash = new TreeMap<>();
  private final Map<String, Long> recreated = new TreeMap<>();
  private List<Pending> pending = new ArrayList<>();
  private long now = 1_700_000_000_000L;
  private int lastId;

  /** Runs after every answer: the world goes on while a client reads. */
  Runnable meanwhile = () -> {};

  /** How likely an answer breaks off. */
  double faults;

  int requests;

  ModelServer(Random random) {
    this.random = random;
    skew = pick(0, 0, 3, 10);
    clash = pick(2, 9) / 10.0;
    hides = random.nextDouble() < 0.2;
    restores = random.nextDouble() < 0.1;
    cursors = random.nextDouble() < 0.9;
    dated = random.nextDouble() < 0.8;
    confirmed = random.nextBoolean();
    // A proxy's date; one that is confirmed is right.
    dateIsAhead = confirmed ? 0 : pick(0, 0, 5, 60, 600) * 1000 * (random.nextBoolean() ? 1 : -1);
  }

  private long pick(long... values) {
    return values[random.nextInt(values.length)];
  }

  // --- the world
  // -----------------------------------------------------------------------------------

  long now() {
    return now;
  }

  /** Lets time pass. */
  void advance(long millis) {
    now += millis;
    settle(false);
  }

  private void tick() {
    if (random.nextDouble() > clash) {
      now += 1 + random.nextInt(5);
    }
    settle(false);
  }

  /** Makes written what has been stamped: what is due, or everything. */
  void settle(boolean everything) {
    List<Pending> due = new ArrayList<>();
    List<Pending> rest = new ArrayList<>();
    pending.forEach(write -> (everything || write.due() <= now ? due : rest).add(write));
    pending = rest;
    due.forEach(write -> write.write().run());
  }

  private long stamp() {
    return now - random.nextLong(skew + 1);
  }

  private void later(Runnable write) {
    pending.add(new Pending(now + random.nextLong(skew + 1), write));
  }

  /** Does up to {@code most} things that people and administrators do. */
  void happen(int most) {
    for (int n = random.nextInt(most + 1); n > 0; n--) {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> insert();
        case 3 -> any(live).ifPresent(id -> put(List.of(id), true));
        case 4 -> any(live).ifPresent(this::delete);
        case 5 ->
            put(live.keySet().stream().filter(id -> random.nextDouble() < 0.7).toList(), true);
        case 6 -> recreate();
        default -> restore();
      }
      tick();
    }
  }

  private void insert() {
    put(List.of("m" + ++lastId), false);
  }

  private void put(List<String> ids, boolean edit) {
    long stamp = stamp(); // may equal the one it replaces, or be older: another clock
    long content = random.nextLong();
    later(
        () -> {
          for (String id : ids) {
            Live before = live.get(id);
            if ((before != null) == edit) {
              live.put(id, new Live(before == null ? stamp : before.sentAt(), stamp, content));
            }
          }
        });
  }

  private void delete(String id) {
    if (hides) {
      live.remove(id);
      return;
    }
    trash.put(id, new Trash(stamp(), live.get(id))); // visible before the message is gone
    later(() -> live.remove(id));
  }

  private void recreate() {
    any(longGone())
        .ifPresent(
            id -> {
              recreated.put(id, now);
              put(List.of(id), false);
            });
  }

  /** An administrator moves deleted messages back with their old stamps: no feed will ever tell. */
  private void restore() {
    // Without a date nothing tells that a deletion was long ago.
    if (restores && dated) {
      any(longGone()).ifPresent(id -> live.put(id, trash.remove(id).buried()));
    }
  }

  private Map<String, Trash> longGone() {
    Map<String, Trash> gone = new TreeMap<>(trash);
    gone.entrySet()
        .removeIf(
            entry ->
                live.containsKey(entry.getKey())
                    || now
                            - Math.max(
                                entry.getValue().deletedAt(),
                                recreated.getOrDefault(entry.getKey(), 0L))
                        <= 3 * skew + 10);
    return gone;
  }

  private Optional<String> any(Map<String, ?> map) {
    List<String> ids = List.copyOf(map.keySet());
    return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(random.nextInt(ids.size())));
  }

  // --- the endpoints
  // -------------------------------------------------------------------------------

  @Override
  public FeedAnswer fetch(FeedQuery query, ChangeSink sink, Call call) {
    call.requestSent("chat.syncMessages");
    requests++;
    ServerTime askedAt = dated ? ServerTime.ofEpochMilli(now + dateIsAhead) : null;
    ServerTime continuation = null;
    if (query instanceof Since since) {
      long after = since.since().epochMilli();
      give(updated(row -> row.stamp() > after), sink::upsert);
      give(deleted(row -> row.deletedAt() > after), sink::tombstone);
    } else if (!cursors) {
      throw new CursorUnsupportedException("no cursors here");
    } else if (query instanceof Forward forward && forward.feed() == Feed.UPDATED) {
      List<Message> rows = updated(row -> row.stamp() > forward.after().epochMilli());
      continuation = page(rows, forward.count(), sink::upsert, Message::updatedAt);
    } else if (query instanceof Forward forward) {
      List<Tombstone> rows = deleted(row -> row.deletedAt() > forward.after().epochMilli());
      continuation = page(rows, forward.count(), sink::tombstone, Tombstone::at);
    } else if (query instanceof Backward backward) {
      List<Message> rows = updated(row -> row.stamp() < backward.before().epochMilli());
      Collections.reverse(rows);
      continuation = page(rows, backward.count(), sink::upsert, Message::updatedAt);
    }
    meanwhile.run();
    return new FeedAnswer(askedAt, askedAt, dated && confirmed, continuation, 0);
  }

  private <T> @Nullable ServerTime page(
      List<T> rows, int count, java.util.function.Consumer<T> sink, Function<T, ServerTime> key) {
    boolean cut = rows.size() > count;
    List<T> page = cut ? rows.subList(0, count) : rows;
    give(page, sink);
    return cut ? key.apply(page.get(count - 1)) : null;
  }

  /** Hands the rows over, unless the connection breaks on the way. */
  private <T> void give(List<T> rows, java.util.function.Consumer<T> sink) {
    boolean breaks = random.nextDouble() < faults;
    int until = breaks ? random.nextInt(rows.size() + 1) : rows.size();
    rows.subList(0, until).forEach(sink);
    if (breaks) {
      meanwhile.run();
      throw random.nextBoolean()
          ? UnreachableException.timedOut("it took too long", null)
          : UnreachableException.brokeOff("the connection broke", null);
    }
  }

  private List<Message> updated(Predicate<Live> filter) {
    List<Message> rows = new ArrayList<>();
    live.forEach(
        (id, row) -> {
          if (filter.test(row)) {
            rows.add(message(id, row));
          }
        });
    return tiesShuffled(rows, message -> message.updatedAt().epochMilli());
  }

  /** Filtered by the deletion's stamp, ordered by the message's: as the real server does (R4). */
  private List<Tombstone> deleted(Predicate<Trash> filter) {
    List<String> ids = new ArrayList<>();
    trash.forEach(
        (id, row) -> {
          if (filter.test(row)) {
            ids.add(id);
          }
        });
    return tiesShuffled(ids, id -> trash.get(id).buried().stamp()).stream()
        .map(
            id ->
                Tombstone.deleted(
                    new MessageId(id), ServerTime.ofEpochMilli(trash.get(id).deletedAt())))
        .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
  }

  private <T> List<T> tiesShuffled(List<T> rows, ToLongFunction<T> key) {
    Collections.shuffle(rows, random);
    rows.sort(Comparator.comparingLong(key));
    return rows;
  }

  static Message message(String id, Live row) {
    return Message.builder(
            new MessageId(id),
            ROOM,
            ServerTime.ofEpochMilli(row.sentAt()),
            ServerTime.ofEpochMilli(row.stamp()),
            "{\"_id\":\"" + id + "\",\"at\":" + row.stamp() + ",\"msg\":" + row.content() + "}")
        .build();
  }

  @Override
  public ServerFacts facts(Call call) {
    call.requestSent("settings.public");
    return new ServerFacts(
        dated ? ServerTime.ofEpochMilli(now + dateIsAhead) : null,
        dated && confirmed,
        "model",
        hides,
        false,
        true);
  }

  @Override
  public String account() {
    return "model";
  }

  @Override
  public DirectoryAnswer subscriptions(@Nullable ServerTime since, Call call) {
    return directory(call);
  }

  @Override
  public DirectoryAnswer rooms(@Nullable ServerTime since, Call call) {
    return directory(call);
  }

  /** None: the one room that there is can be read without being a member. */
  private DirectoryAnswer directory(Call call) {
    call.requestSent("directory");
    return new DirectoryAnswer(
        dated ? ServerTime.ofEpochMilli(now + dateIsAhead) : null,
        dated && confirmed,
        List.of(),
        List.of(),
        List.of());
  }

  @Override
  public Optional<Message> message(MessageId id, Call call) {
    call.requestSent("message");
    return updated(row -> true).stream().filter(message -> message.id().equals(id)).findFirst();
  }

  @Override
  public void close() {}
}
