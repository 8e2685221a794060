package dev.strandline.testkit.simulation;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.Call;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.ServerFacts;
import dev.strandline.spi.Transport;
import dev.strandline.testkit.server.DirectRoutes;
import dev.strandline.testkit.server.ServerClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A fake server's routes as a transport, on which nothing goes wrong but what a test says. */
final class DirectTransport implements Transport {
  /** Subscriptions that are listed besides the real ones and cannot be understood. */
  final List<Unreadable> odd = new ArrayList<>();

  private final DirectRoutes routes;
  private final ServerClock clock;

  DirectTransport(DirectRoutes routes, ServerClock clock) {
    this.routes = routes;
    this.clock = clock;
  }

  private ServerTime now() {
    return ServerTime.ofEpochMilli(clock.millis());
  }

  @Override
  public FeedAnswer fetch(FeedQuery query, ChangeSink sink, Call call) {
    call.requestSent("feed");
    DirectRoutes.Rows rows = routes.rows(query);
    rows.updated().forEach(entry -> entry.give(sink));
    rows.deleted().forEach(entry -> entry.give(sink));
    return new FeedAnswer(now(), now(), true, rows.continuation(), 0);
  }

  @Override
  public DirectoryAnswer subscriptions(@Nullable ServerTime since, Call call) {
    call.requestSent("subscriptions.get");
    DirectoryAnswer answer = routes.subscriptions(since, now());
    return new DirectoryAnswer(now(), true, answer.entries(), answer.removed(), odd);
  }

  @Override
  public DirectoryAnswer rooms(@Nullable ServerTime since, Call call) {
    call.requestSent("rooms.get");
    return routes.rooms(since, now());
  }

  @Override
  public Optional<Message> message(MessageId id, Call call) {
    call.requestSent("chat.getMessage");
    return routes.message(id);
  }

  @Override
  public ServerFacts facts(Call call) {
    call.requestSent("settings.public");
    return routes.facts(now(), true);
  }

  @Override
  public String account() {
    return "direct";
  }

  @Override
  public void close() {}
}
