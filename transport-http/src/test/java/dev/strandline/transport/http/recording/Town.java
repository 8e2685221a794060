package dev.strandline.transport.http.recording;

import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.spi.Store;
import dev.strandline.testkit.replay.RecordedServer;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeServerOptions;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.testkit.server.RateLimit;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.HttpTransport;
import dev.strandline.transport.http.HttpTransportBuilder;
import dev.strandline.transport.http.Scrubbing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A fake server to record, with two people in a room and a conversation of theirs. */
final class Town implements AutoCloseable {
  static final SyncOptions OPTIONS = SyncOptions.builder().pageSize(50).build();

  final FakeWorkspace workspace = FakeWorkspace.create();
  final FakeUser ada = workspace.users().create("ada", "Ada Lovelace");
  final FakeUser ben = workspace.users().create("ben", "Ben");
  final String square = workspace.rooms().create(FakeRoomType.CHANNEL, "square", ada, ben);
  final String talk = workspace.rooms().create(FakeRoomType.DIRECT, "", ada, ben);
  final FakeServer server;

  private Town(RateLimit limit) {
    server = FakeServer.start(workspace, FakeServerOptions.builder().rateLimit(limit).build());
  }

  /** A server whose limiter confirms its dates. */
  static Town limited() {
    return new Town(new RateLimit(1_000_000, Duration.ofMinutes(1)));
  }

  static Town unlimited() {
    return new Town(RateLimit.off());
  }

  String post(String text) {
    return workspace.messages().post(square, ben, text);
  }

  /** What happens while a client is away. */
  void change() {
    String root = post("who has the key, @ada?");
    workspace.messages().reply(root, ada, "I have");
    String wrong = post("it is at the baker's");
    workspace.messages().edit(wrong, ben, "it is at the butcher's");
    workspace.removals().delete(post("nonsense"), ben);
    workspace.messages().post(talk, ada, "psst");
    workspace.clock().advance(Duration.ofHours(2));
  }

  /** An engine that records what it asks. */
  Strandline recorded(Store store, Path recording, Scrubbing scrubbing) {
    return engine(store, transport().recordTo(recording, scrubbing));
  }

  HttpTransportBuilder transport() {
    return HttpTransport.builder(URI.create(server.url()))
        .credentials(new Credentials(ada.id(), ada.authToken()));
  }

  static Strandline engine(Store store, HttpTransportBuilder transport) {
    return Strandline.builder().store(store).transport(transport.build()).options(OPTIONS).build();
  }

  /** An engine that asks a recording, as anybody. */
  static Strandline replayed(Store store, RecordedServer recorded) {
    return replayed(store, recorded, OPTIONS);
  }

  static Strandline replayed(Store store, RecordedServer recorded, SyncOptions options) {
    return Strandline.builder()
        .store(store)
        .transport(
            HttpTransport.builder(recorded.url())
                .credentials(new Credentials("anybody", "anything"))
                .clock(recorded.clock())
                .build())
        .clock(recorded.clock())
        .options(options)
        .build();
  }

  @Override
  public void close() {
    server.close();
  }
}
