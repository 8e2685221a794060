package dev.strandline.cli;

import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A fake server with two people and one room, for tests. */
final class Town implements AutoCloseable {
  final FakeWorkspace workspace = FakeWorkspace.create();
  final FakeUser ada = workspace.users().create("ada", "Ada");
  final FakeUser ben = workspace.users().create("ben", "Ben");
  final String square = workspace.rooms().create(FakeRoomType.CHANNEL, "square", ada, ben);
  final FakeServer server = FakeServer.start(workspace);
  final Cli cli = Cli.of(ada);

  String post(String text) {
    return workspace.messages().post(square, ben, text);
  }

  /** The room as the server itself has it. */
  String listing() throws IOException, InterruptedException {
    URI uri = URI.create(server.url() + "/_fake/rooms/" + square + "/messages?user=" + ada.id());
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Override
  public void close() {
    server.close();
  }
}
