package dev.strandline.internal.journal;

import dev.strandline.error.StrandlineException;
import dev.strandline.journal.Answer;
import dev.strandline.journal.Question;
import dev.strandline.journal.Question.What;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomType;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.Call;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.ListingAnswer;
import dev.strandline.spi.ListingQuery;
import dev.strandline.spi.ServerFacts;
import dev.strandline.spi.Transport;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The server, for one scope, with what is asked and answered noted in the scope's journal: the
 * questions, sizes and moments, and of failures their kind. What they hold goes by unread.
 */
public final class NotingTransport implements Transport {
  private final Transport transport;
  private final PassJournal journal;

  public NotingTransport(Transport transport, PassJournal journal) {
    this.transport = transport;
    this.journal = journal;
  }

  @Override
  public FeedAnswer fetch(FeedQuery query, ChangeSink sink, Call call) {
    Counting counting = new Counting(sink);
    return noted(
        question(query),
        call,
        noting -> transport.fetch(query, counting, noting),
        answer ->
            new Answer(counting.entries, answer.bytes(), answer.askedAt(), answer.continuation()));
  }

  private static Question question(FeedQuery query) {
    if (query instanceof FeedQuery.Forward forward) {
      What what = forward.feed() == Feed.UPDATED ? What.UPDATED : What.DELETED;
      return new Question(what, "chat.syncMessages", forward.after(), null, forward.count());
    }
    if (query instanceof FeedQuery.Backward backward) {
      return new Question(
          What.HISTORY, "chat.syncMessages", null, backward.before(), backward.count());
    }
    if (query instanceof FeedQuery.Since since) {
      return new Question(What.SINCE, "chat.syncMessages", since.since(), null, 0);
    }
    ServerTime since = ((FeedQuery.ThreadSince) query).since();
    return new Question(What.THREAD_SINCE, "chat.syncThreadMessages", since, null, 0);
  }

  @Override
  public DirectoryAnswer subscriptions(@Nullable ServerTime since, Call call) {
    return noted(
        new Question(What.SUBSCRIPTIONS, "subscriptions.get", since, null, 0),
        call,
        noting -> transport.subscriptions(since, noting),
        NotingTransport::directory);
  }

  @Override
  public DirectoryAnswer rooms(@Nullable ServerTime since, Call call) {
    return noted(
        new Question(What.ROOMS, "rooms.get", since, null, 0),
        call,
        noting -> transport.rooms(since, noting),
        NotingTransport::directory);
  }

  private static Answer directory(DirectoryAnswer answer) {
    int entries = answer.entries().size() + answer.removed().size() + answer.unreadable().size();
    return new Answer(entries, null, answer.askedAt(), null);
  }

  @Override
  public Optional<Message> message(MessageId id, Call call) {
    return noted(
        new Question(What.MESSAGE, "chat.getMessage", null, null, 0),
        call,
        noting -> transport.message(id, noting),
        answer -> new Answer(answer.isPresent() ? 1 : 0, null, null, null));
  }

  @Override
  public Optional<ListingAnswer> listing(ListingQuery query, Call call) {
    return noted(
        new Question(What.LISTING, route(query.type()), null, null, query.count()),
        call,
        noting -> transport.listing(query, noting),
        answer -> new Answer(answer.map(some -> some.rows().size()).orElse(0), null, null, null));
  }

  private static String route(RoomType type) {
    return switch (type) {
      case CHANNEL -> "channels.messages";
      case PRIVATE -> "groups.messages";
      case DIRECT -> "im.messages";
      case LIVECHAT, OTHER -> "none";
    };
  }

  @Override
  public ServerFacts facts(Call call) {
    return noted(
        new Question(What.SETTINGS, "settings.public", null, null, 0),
        call,
        transport::facts,
        answer -> new Answer(0, null, answer.askedAt(), null));
  }

  private <T> T noted(
      Question question, Call call, Function<Call, T> asking, Function<T, Answer> size) {
    Page page = journal.ask(question);
    T answer;
    try {
      answer = asking.apply(new Noting(call, page));
    } catch (StrandlineException e) {
      journal.failed(page, e.kind());
      throw e;
    }
    page.answered(size.apply(answer));
    return answer;
  }

  @Override
  public String account() {
    return transport.account();
  }

  /** Nothing: a scope does not end its transport. */
  @Override
  public void close() {}

  /** Counts the requests of a page. */
  private final class Noting implements Call {
    private final Call call;
    private final Page page;

    Noting(Call call, Page page) {
      this.call = call;
      this.page = page;
    }

    @Override
    public void requestSent(String route) {
      journal.requestSent(page);
      call.requestSent(route);
    }

    @Override
    public void bodyRead(String route, long bytes) {
      page.bodyRead(bytes);
      call.bodyRead(route, bytes);
    }

    @Override
    public void pause(Duration duration, String reason) {
      call.pause(duration, reason);
    }

    @Override
    public void checkCancelled() {
      call.checkCancelled();
    }

    @Override
    public @Nullable ServerTime passed() {
      return call.passed();
    }
  }

  /** Counts the entries of an answer. */
  private static final class Counting implements ChangeSink {
    private final ChangeSink sink;
    private long entries;

    Counting(ChangeSink sink) {
      this.sink = sink;
    }

    @Override
    public void upsert(Message message) {
      entries++;
      sink.upsert(message);
    }

    @Override
    public void tombstone(Tombstone tombstone) {
      entries++;
      sink.tombstone(tombstone);
    }

    @Override
    public void unreadable(Unreadable entry) {
      entries++;
      sink.unreadable(entry);
    }

    @Override
    public void unreadableDeletion(Unreadable entry) {
      entries++;
      sink.unreadableDeletion(entry);
    }
  }
}
