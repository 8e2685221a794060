package dev.strandline.internal.engine;

import dev.strandline.error.CursorUnsupportedException;
import dev.strandline.error.RoomUnavailableException;
import dev.strandline.error.ThreadUnavailableException;
import dev.strandline.error.UnreachableException;
import dev.strandline.internal.engine.Workspace.Grave;
import dev.strandline.internal.engine.Workspace.Post;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.Call;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.DirectoryEntry;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.FeedQuery.Backward;
import dev.strandline.spi.FeedQuery.Forward;
import dev.strandline.spi.FeedQuery.Since;
import dev.strandline.spi.FeedQuery.ThreadSince;
import dev.strandline.spi.ListingAnswer;
import dev.strandline.spi.ListingQuery;
import dev.strandline.spi.ServerFacts;
import dev.strandline.spi.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers from a {@link Workspace} as the real server does, and misbehaves as a test says. Draws
 * nothing by chance.
 */
final class ScriptedServer implements Transport {

  /** More requests than this, since the log was last cleared, are no progress. */
  private static final int MOST_REQUESTS = 2_000;

  /** How the {@code Date} header is wrong, for who reads it through a proxy. */
  Duration dateIsAhead = Duration.ZERO;

  boolean dated = true;

  /** Whether the date is confirmed by the clock that stamps messages. */
  boolean confirmed;

  /** Whether the limiter lets the account pass: only what needs no login confirms the time. */
  boolean exempt;

  boolean cursors = true;

  /** Whether UPDATED shows its first row for ever, as a server whose cursor never moves. */
  boolean stuck;

  boolean keepsHistory;
  boolean threadsOn = true;
  @Nullable String identity = "first";
  String account = "scripted";
  final Set<RoomId> refused = new HashSet<>();

  /** The caller's subscriptions: those that changed since a time, or for null all of them. */
  Function<@Nullable ServerTime, DirectoryAnswer> subscriptions = since -> directory();

  /** The caller's rooms, by the same rule; none as a rule. */
  Function<@Nullable ServerTime, DirectoryAnswer> rooms = since -> directory();

  /** Runs before a single message is shown; what it throws is the answer. */
  Consumer<MessageId> beforeMessage = id -> {};

  /** Runs before an answer; what it throws is the answer. */
  Consumer<FeedQuery> before = query -> {};

  /** Runs before the server speaks of itself. */
  Runnable beforeFacts = () -> {};

  /** Runs before an answer of a listing; what it throws is the answer. */
  Consumer<ListingQuery> beforeListing = query -> {};

  /** Runs after an answer: the world goes on while a client reads. */
  Runnable meanwhile = () -> {};

  final List<String> log = new ArrayList<>();
  private final Workspace workspace;
  private int untilBreak = -1;
  private Runnable whenBroken = () -> {};

  ScriptedServer(Workspace workspace) {
    this.workspace = workspace;
  }

  Workspace workspace() {
    return workspace;
  }

  /** Breaks the connection once, after so many messages of one answer. */
  void breakAfter(int messages, Runnable meanwhile) {
    untilBreak = messages;
    whenBroken = meanwhile;
  }

  void breakNothing() {
    untilBreak = -1;
  }

  @Nullable ServerTime date() {
    long millis = workspace.now() + dateIsAhead.toMillis();
    return dated ? ServerTime.ofEpochMilli(millis / 1000 * 1000) : null;
  }

  // --- the feeds -----------------------------------------------------------------------------

  @Override
  public FeedAnswer fetch(FeedQuery query, ChangeSink sink, Call call) {
    call.requestSent("feed");
    log.add(query.toString());
    if (log.size() > MOST_REQUESTS) {
      throw new AssertionError("asks without end: " + query);
    }
    before.accept(query);
    ServerTime date = date();
    ServerTime continuation =
        query instanceof ThreadSince thread
            ? answerThread(thread, sink)
            : answerRoom(query, ((Scope.OfRoom) query.scope()).room(), sink);
    meanwhile.run();
    return new FeedAnswer(date, date, dated && confirmed && !exempt, continuation, 0);
  }

  private @Nullable ServerTime answerThread(ThreadSince query, ChangeSink sink) {
    String root = query.root().value();
    if (!threadsOn) {
      throw new ThreadUnavailableException(
          query.root(), ThreadUnavailableException.Reason.THREADS_OFF);
    }
    if (!workspace.posts.containsKey(root)) {
      throw new ThreadUnavailableException(
          query.root(), ThreadUnavailableException.Reason.ROOT_GONE);
    }
    long since = query.since().epochMilli();
    give(posts(post -> root.equals(post.root) && post.stamp > since), sink);
    tell(graves(grave -> root.equals(grave.root()) && grave.deletedAt() > since), sink);
    return null;
  }

  private @Nullable ServerTime answerRoom(FeedQuery query, RoomId room, ChangeSink sink) {
    if (refused.contains(room)) {
      throw new RoomUnavailableException(room);
    }
    if (query instanceof Since since) {
      long after = since.since().epochMilli();
      give(visible(room, post -> post.stamp > after), sink);
      tell(graves(grave -> grave.room().equals(room) && grave.deletedAt() > after), sink);
      return null;
    }
    if (!cursors) {
      throw new CursorUnsupportedException("no cursors here");
    }
    if (query instanceof Backward backward) {
      long before = backward.before().epochMilli();
      List<Post> rows = visible(room, post -> post.stamp < before);
      return page(rows, post -> -post.stamp, backward.count(), page -> give(page, sink));
    }
    Forward forward = (Forward) query;
    return forward.feed() == Feed.UPDATED
        ? updatedPage(room, forward, sink)
        : deletedPage(room, forward, sink);
  }

  private @Nullable ServerTime updatedPage(RoomId room, Forward query, ChangeSink sink) {
    long after = query.after().epochMilli();
    List<Post> rows = visible(room, post -> stuck || post.stamp > after);
    int count = stuck ? 1 : query.count();
    return page(rows, post -> post.stamp, count, page -> give(page, sink));
  }

  /** Filtered by the deletion's time, ordered by the message's stamp: as the real server (R4). */
  private @Nullable ServerTime deletedPage(RoomId room, Forward query, ChangeSink sink) {
    long after = query.after().epochMilli();
    List<Map.Entry<String, Grave>> rows =
        graves(grave -> grave.room().equals(room) && grave.deletedAt() > after);
    rows.sort(Comparator.comparingLong(entry -> entry.getValue().stamp()));
    boolean cut = rows.size() > query.count();
    List<Map.Entry<String, Grave>> page = cut ? rows.subList(0, query.count()) : rows;
    tell(page, sink);
    return cut ? ServerTime.ofEpochMilli(page.get(page.size() - 1).getValue().deletedAt()) : null;
  }

  private static @Nullable ServerTime page(
      List<Post> rows, ToLongFunction<Post> order, int count, Consumer<List<Post>> give) {
    rows.sort(Comparator.comparingLong(order));
    boolean cut = rows.size() > count;
    List<Post> page = cut ? rows.subList(0, count) : rows;
    give.accept(page);
    return cut ? ServerTime.ofEpochMilli(page.get(count - 1).stamp) : null;
  }

  private List<Post> posts(Predicate<Post> filter) {
    List<Post> rows = new ArrayList<>(workspace.posts.values());
    rows.removeIf(filter.negate());
    return rows;
  }

  private List<Post> visible(RoomId room, Predicate<Post> filter) {
    return posts(post -> post.room.equals(room) && !post.hidden && filter.test(post));
  }

  private List<Map.Entry<String, Grave>> graves(Predicate<Grave> filter) {
    List<Map.Entry<String, Grave>> rows = new ArrayList<>(workspace.graves.entrySet());
    rows.removeIf(entry -> !filter.test(entry.getValue()));
    return rows;
  }

  private void give(List<Post> rows, ChangeSink sink) {
    int given = 0;
    for (Post post : rows) {
      if (untilBreak >= 0 && given++ >= untilBreak) {
        untilBreak = -1;
        whenBroken.run();
        throw UnreachableException.brokeOff("the connection broke", null);
      }
      give(post, sink);
    }
  }

  private static void give(Post post, ChangeSink sink) {
    MessageId id = new MessageId(post.id);
    if (post.garbled) {
      ServerTime stamp = ServerTime.ofEpochMilli(post.stamp);
      sink.unreadable(
          new Unreadable(id, "{\"_id\":\"" + post.id + "\",\"ts\":7}", "no date", stamp));
    } else if (post.hidden) {
      sink.tombstone(
          new Tombstone(id, ServerTime.ofEpochMilli(post.stamp), Tombstone.Reason.HIDDEN));
    } else {
      sink.upsert(message(post));
    }
  }

  private static void tell(List<Map.Entry<String, Grave>> rows, ChangeSink sink) {
    rows.forEach(
        entry ->
            sink.tombstone(
                Tombstone.deleted(
                    new MessageId(entry.getKey()),
                    ServerTime.ofEpochMilli(entry.getValue().deletedAt()))));
  }

  static Message message(Post post) {
    String json = "{\"_id\":\"%s\",\"at\":%d,\"msg\":\"%s\"}";
    return Message.builder(
            new MessageId(post.id),
            post.room,
            ServerTime.ofEpochMilli(post.sentAt),
            ServerTime.ofEpochMilli(post.stamp),
            json.formatted(post.id, post.stamp, post.text))
        .thread(post.root == null ? null : new MessageId(post.root))
        .replies(post.replies, null)
        .build();
  }

  // --- the rest ------------------------------------------------------------------------------

  /** An answer of {@code subscriptions.get} that lists these rooms. */
  DirectoryAnswer directory(RoomId... rooms) {
    List<DirectoryEntry> entries = new ArrayList<>();
    for (RoomId room : rooms) {
      entries.add(subscription(room, "sub-" + room, workspace.now()));
    }
    return new DirectoryAnswer(date(), entries, List.of(), List.of());
  }

  static DirectoryEntry subscription(RoomId room, String id, long updatedAt) {
    return new DirectoryEntry(
        id,
        room,
        room.value(),
        RoomType.CHANNEL,
        ServerTime.ofEpochMilli(updatedAt),
        null,
        0,
        "{\"_id\":\"" + id + "\"}");
  }

  @Override
  public DirectoryAnswer subscriptions(@Nullable ServerTime since, Call call) {
    call.requestSent("subscriptions");
    log.add("subscriptions since " + since);
    return subscriptions.apply(since);
  }

  @Override
  public DirectoryAnswer rooms(@Nullable ServerTime since, Call call) {
    call.requestSent("rooms");
    return rooms.apply(since);
  }

  @Override
  public Optional<Message> message(MessageId id, Call call) {
    call.requestSent("message");
    beforeMessage.accept(id);
    return Optional.ofNullable(workspace.posts.get(id.value()))
        .filter(post -> !post.hidden)
        .map(ScriptedServer::message);
  }

  /** How the room's listing misbehaves; empty for none at all. */
  Listed listed = new Listed();

  /** What a listing does: a server's maximum, whether hidden messages are shown, what is odd. */
  static final class Listed {
    boolean exists = true;
    boolean showsHidden = true;
    boolean sorts = true;
    int most = 100;

    /** Messages that are left out although they are there. */
    Predicate<Post> leavesOut = post -> false;
  }

  @Override
  public Optional<ListingAnswer> listing(ListingQuery query, Call call) {
    call.requestSent("listing");
    log.add(query.toString());
    beforeListing.accept(query);
    if (!listed.exists) {
      return Optional.empty();
    }
    List<Post> rows =
        posts(
            post ->
                post.room.equals(query.room())
                    && (listed.showsHidden || !post.hidden)
                    && !listed.leavesOut.test(post));
    Comparator<Post> hiddenFirst = Comparator.comparing(post -> !post.hidden);
    Comparator<Post> byId = Comparator.comparing(post -> new MessageId(post.id));
    Comparator<Post> order =
        query.order() == ListingQuery.Order.OLDEST_FIRST
            ? hiddenFirst.thenComparing(post -> post.sentAt).thenComparing(byId)
            : hiddenFirst.thenComparing(post -> -post.stamp).thenComparing(byId);
    rows.sort(listed.sorts ? order : Comparator.comparing(post -> -post.sentAt));
    int from = (int) Math.min(query.offset(), rows.size());
    int to = Math.min(rows.size(), from + Math.min(query.count(), listed.most));
    ListingAnswer answer =
        new ListingAnswer(
            rows.subList(from, to).stream().map(ScriptedServer::row).toList(), rows.size());
    meanwhile.run();
    return Optional.of(answer);
  }

  private static ListingAnswer.Row row(Post post) {
    return new ListingAnswer.Row(
        new MessageId(post.id),
        ServerTime.ofEpochMilli(post.sentAt),
        ServerTime.ofEpochMilli(post.stamp),
        post.hidden);
  }

  @Override
  public ServerFacts facts(Call call) {
    call.requestSent("facts");
    beforeFacts.run();
    return new ServerFacts(date(), confirmed, identity, keepsHistory, false, true);
  }

  @Override
  public String account() {
    return account;
  }

  @Override
  public void close() {}
}
