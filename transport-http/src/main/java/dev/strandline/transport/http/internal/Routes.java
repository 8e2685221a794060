package dev.strandline.transport.http.internal;

import static dev.strandline.transport.http.internal.ServerAddress.parameters;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Call;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.ListingAnswer;
import dev.strandline.spi.ListingQuery;
import dev.strandline.spi.ServerFacts;
import dev.strandline.spi.Transport.DirectoryAnswer;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The API's routes with exactly the parameters that every version takes: servers from 7.1 on refuse
 * a request with any other (facts 1.1, 2).
 */
public final class Routes {
  private static final String SYNC_MESSAGES = "chat.syncMessages";
  private static final String SYNC_THREAD = "chat.syncThreadMessages";

  private final Caller caller;
  private final BooleanSupplier closed;

  /**
   * @param closed whether the transport has been closed
   */
  public Routes(Caller caller, BooleanSupplier closed) {
    this.caller = caller;
    this.closed = closed;
  }

  public FeedAnswer feed(FeedQuery query, ChangeSink sink, Call call) {
    if (query instanceof FeedQuery.Forward forward) {
      Map<String, String> page =
          page(forward.room().value(), forward.feed(), "next", forward.after(), forward.count());
      return ask(
          SYNC_MESSAGES,
          page,
          call,
          new FeedReading(forward.room(), Set.of(forward.feed()), "next", sink));
    }
    if (query instanceof FeedQuery.Backward backward) {
      Map<String, String> page =
          page(
              backward.room().value(),
              Feed.UPDATED,
              "previous",
              backward.before(),
              backward.count());
      return ask(
          SYNC_MESSAGES,
          page,
          call,
          new FeedReading(backward.room(), Set.of(Feed.UPDATED), "previous", sink));
    }
    if (query instanceof FeedQuery.Since since) {
      return ask(
          SYNC_MESSAGES,
          parameters("roomId", since.room().value(), "lastUpdate", since.since().toString()),
          call,
          new FeedReading(since.room(), EnumSet.allOf(Feed.class), null, sink));
    }
    FeedQuery.ThreadSince thread = (FeedQuery.ThreadSince) query;
    return ask(
        SYNC_THREAD,
        parameters("tmid", thread.root().value(), "updatedSince", thread.since().toString()),
        call,
        new ThreadReading(thread.root(), sink));
  }

  private static Map<String, String> page(
      String room, Feed feed, String direction, ServerTime from, int count) {
    // Milliseconds and nothing else: the server reads an ISO date as its year (facts 1.1).
    return parameters(
        "roomId",
        room,
        "type",
        feed.name(),
        direction,
        Long.toString(from.epochMilli()),
        "count",
        Integer.toString(count));
  }

  public DirectoryAnswer subscriptions(@Nullable ServerTime since, Call call) {
    return ask("subscriptions.get", updatedSince(since), call, new DirectoryReading("rid"));
  }

  public DirectoryAnswer rooms(@Nullable ServerTime since, Call call) {
    return ask("rooms.get", updatedSince(since), call, new DirectoryReading("_id"));
  }

  private static Map<String, String> updatedSince(@Nullable ServerTime since) {
    return since == null ? Map.of() : parameters("updatedSince", since.toString());
  }

  public Optional<Message> message(MessageId id, Call call) {
    return ask("chat.getMessage", parameters("msgId", id.value()), call, new SingleReading(id));
  }

  /** Empty for a kind of room that has no such route. */
  public Optional<ListingAnswer> listing(ListingQuery query, Call call) {
    String family =
        switch (query.type()) {
          case CHANNEL -> "channels";
          case PRIVATE -> "groups";
          case DIRECT -> "im";
          case LIVECHAT, OTHER -> null;
        };
    if (family == null) {
      return Optional.empty();
    }
    String order =
        switch (query.order()) {
          case NEWEST_CHANGE_FIRST -> "{\"_hidden\":-1,\"_updatedAt\":-1,\"_id\":1}";
          case OLDEST_FIRST -> "{\"_hidden\":-1,\"ts\":1,\"_id\":1}";
        };
    Map<String, String> parameters =
        parameters(
            "roomId",
            query.room().value(),
            "sort",
            order,
            "offset",
            Long.toString(query.offset()),
            "count",
            Integer.toString(query.count()));
    return ask(family + ".messages", parameters, call, new ListingReading(query.room()));
  }

  public ServerFacts facts(Call call) {
    String wanted =
        String.join(
            ",",
            SettingsReading.UNIQUE_ID,
            SettingsReading.KEEP_HISTORY,
            SettingsReading.SHOW_DELETED,
            SettingsReading.THREADS);
    return caller.askAnonymously(
        "settings.public",
        parameters("_id", wanted, "count", "0"),
        call,
        closed,
        new SettingsReading());
  }

  private <T> T ask(String route, Map<String, String> parameters, Call call, Reading<T> reading) {
    return caller.ask(route, parameters, call, closed, reading);
  }
}
