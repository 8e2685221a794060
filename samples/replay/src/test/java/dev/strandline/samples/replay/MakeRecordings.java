package dev.strandline.samples.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.Strandline;
import dev.strandline.store.memory.MemoryStore;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeServerOptions;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.testkit.server.Fault;
import dev.strandline.testkit.server.RateLimit;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.HttpTransport;
import dev.strandline.transport.http.Scrubbing;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Makes the recordings of this sample, against the fake server. Run it with the folder to make them
 * in; each must not exist yet.
 */
public final class MakeRecordings {
  private static final String ROOM = "harbour";
  private static final String TOO_MANY =
      "{\"success\":false,\"error\":\"Error, too many requests. Please slow down. You must wait 2"
          + " seconds before trying this endpoint again. [error-too-many-requests]\"}";

  private final FakeWorkspace workspace = FakeWorkspace.create();
  private final FakeUser ada = workspace.users().create("ada", "Ada Lovelace");
  private final FakeUser ben = workspace.users().create("ben", "Ben");

  private MakeRecordings() {
    workspace.rooms().createWithId(ROOM, FakeRoomType.GROUP, ROOM, ada, ben);
  }

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    new MakeRecordings().harbour(folder.resolve("harbour"));
    new MakeRecordings().failingServer(folder.resolve("failing-server"));
    new MakeRecordings().missingMessage(folder.resolve("missing-message"));
  }

  private void harbour(Path recording) {
    try (FakeServer server = start();
        Strandline strandline = recorded(server, recording, Scrubbing.secretsOnly())) {
      workspace.messages().postWithId("tide", ROOM, ben, "high tide");
      workspace.messages().postWithId("rumour", ROOM, ada, "@ben the ferry is cancelled");
      strandline.syncEverything();
      workspace.clock().advance(Duration.ofHours(6));
      workspace.messages().edit("tide", ben, "low tide");
      workspace.removals().delete("rumour", ada);
      strandline.syncEverything();
    }
  }

  private void failingServer(Path recording) {
    try (FakeServer server = start();
        Strandline strandline = recorded(server, recording, Scrubbing.secretsOnly())) {
      workspace.conversation().fill(ROOM, 40);
      server
          .faults()
          .next(
              "chat.syncMessages",
              Fault.status(503),
              Fault.answer(429, "application/json", TOO_MANY),
              Fault.cut(2_000));
      strandline.syncEverything();
    }
  }

  private void missingMessage(Path recording) throws IOException {
    try (FakeServer server = start();
        Strandline strandline = recorded(server, recording, Scrubbing.forSharing())) {
      workspace.messages().post(ROOM, ada, "does anybody know when the ferry leaves?");
      workspace.messages().post(ROOM, ben, "at 18:40, @ada");
      workspace.messages().post(ROOM, ada, "thanks, Ben");
      ObjectNode imported =
          (ObjectNode)
              new ObjectMapper()
                  .readTree(
                      "{\"_id\":\"imported\",\"rid\":\"harbour\",\"msg\":\"an old one\","
                          + "\"ts\":\"24.09.2021\",\"u\":{\"_id\":\"x\",\"username\":\"old\"},"
                          + "\"_updatedAt\":\"2025-10-09T08:00:00.000Z\",\"importId\":\"slack 7\"}");
      Instant stamp = Instant.parse("2025-10-09T08:00:00Z");
      workspace.raw().putMessage(imported, stamp, stamp);
      strandline.syncEverything();
    }
  }

  private FakeServer start() {
    // As on a real server, whose headers tell the clock that stamps messages.
    return FakeServer.start(
        workspace,
        FakeServerOptions.builder().rateLimit(new RateLimit(1_000, Duration.ofMinutes(1))).build());
  }

  private Strandline recorded(FakeServer server, Path recording, Scrubbing scrubbing) {
    return Strandline.builder()
        .store(new MemoryStore())
        .transport(
            HttpTransport.builder(URI.create(server.url()))
                .credentials(new Credentials(ada.id(), ada.authToken()))
                .recordTo(recording, scrubbing)
                .build())
        .build();
  }
}
