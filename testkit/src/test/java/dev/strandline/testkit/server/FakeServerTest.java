package dev.strandline.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Promises what goes over the wire: the API's answers, faults, the record of requests, the control
 * endpoints.
 */
class FakeServerTest {
  private final Scene scene = new Scene();
  private final FakeServer server = FakeServer.start(scene.workspace);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create(server.url() + target))
        .header("X-User-Id", scene.ada.id())
        .header("X-Auth-Token", scene.ada.authToken());
  }

  private HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return client.send(request(target).build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode post(String target) throws IOException, InterruptedException {
    HttpRequest request =
        request(target).POST(HttpRequest.BodyPublishers.ofString("ignored")).build();
    return Json.MAPPER.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  @Test
  void answersOverHttpWhatItAnswersInProcess() throws Exception {
    scene.workspace.conversation().fill(scene.room, 500);
    HttpResponse<String> response =
        get("/api/v1/chat.syncMessages?roomId=" + scene.room + "&type=UPDATED&next=0&count=200");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Date")).hasValue("Thu, 09 Oct 2025 09:00:00 GMT");
    assertThat(Json.MAPPER.readTree(response.body()))
        .isEqualTo(scene.sync("type", "UPDATED", "next", "0", "count", "200"));
  }

  @Test
  void compressesForClientsThatTakeIt() throws Exception {
    scene.workspace.conversation().fill(scene.room, 3_000);
    String target =
        "/api/v1/chat.syncMessages?roomId=" + scene.room + "&type=UPDATED&next=0&count=3000";
    HttpResponse<byte[]> zipped =
        client.send(
            request(target).header("Accept-Encoding", "gzip").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
    byte[] body = new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes();
    assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo(get(target).body());
    assertThat(zipped.body().length).isLessThan(body.length / 2);
  }

  @Test
  void recordsTheRequestsItSaw() throws Exception {
    get("/api/v1/rooms.get?updatedSince=2020-01-01");
    get("/api/v1/me");
    get("/_fake/clock");
    assertThat(server.requests()).hasSize(2);
    assertThat(server.requestsTo("rooms.get"))
        .singleElement()
        .satisfies(
            seen -> {
              assertThat(seen.parameter("updatedSince")).isEqualTo("2020-01-01");
              assertThat(seen.status()).isEqualTo(200);
            });
  }

  @Test
  void failsOnceForEachFaultArmed() throws Exception {
    server
        .faults()
        .next("me", Fault.status(503), Fault.html(), Fault.unauthorized(), Fault.withoutDate());
    assertThat(get("/api/v1/me").statusCode()).isEqualTo(503);
    assertThat(get("/api/v1/me").headers().firstValue("Content-Type")).hasValue("text/html");
    assertThat(get("/api/v1/me").statusCode()).isEqualTo(401);
    assertThat(get("/api/v1/me").headers().firstValue("Date")).isEmpty();
    assertThat(get("/api/v1/me").headers().firstValue("Date")).isPresent();
    assertThat(server.faults().pending()).isZero();
  }

  @Test
  void cutsABodyShortWhereAsked() throws Exception {
    server.faults().next(FaultPlan.ANY_ROUTE, Fault.cut(20));
    assertThatThrownBy(() -> get("/api/v1/rooms.get")).isInstanceOf(IOException.class);
    assertThat(get("/api/v1/rooms.get").statusCode()).isEqualTo(200);
  }

  @Test
  void resetsTheConnectionWhereAsked() throws Exception {
    server.faults().next("rooms.get", Fault.reset());
    // On a bare socket, because an HTTP client may repeat the request by itself.
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write("GET /api/v1/rooms.get HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    assertThat(server.requests()).extracting(SeenRequest::status).containsExactly(0);
  }

  @Test
  void keepsSilentWhereAsked() {
    server.faults().next("me", Fault.hang());
    HttpRequest request = request("/api/v1/me").timeout(Duration.ofMillis(50)).build();
    assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void failsInProcessAsItDoesOverHttp() throws Exception {
    FaultPlan faults =
        new FaultPlan()
            .next(
                "me",
                Fault.reset(),
                Fault.hang(),
                Fault.status(500),
                Fault.cut(5),
                Fault.delay(Duration.ofHours(1)));
    Request me = Request.call(scene.ada, "me");
    assertThatThrownBy(() -> faults.handle(me, scene.api)).isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> faults.handle(me, scene.api))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(faults.handle(me, scene.api).status()).isEqualTo(500);
    assertThat(faults.handle(me, scene.api).body().length()).isEqualTo(5);
    long before = scene.workspace.clock().millis();
    assertThat(faults.handle(me, scene.api).status()).isEqualTo(200);
    assertThat(scene.workspace.clock().millis() - before).isEqualTo(3_600_000);
  }

  @Test
  void isDrivenFromOutside() throws Exception {
    String room = "/_fake/rooms/" + scene.room;
    post(room + "/fill?count=20");
    assertThat(post(room + "/edit?count=3&user=grace").get("count").asInt()).isEqualTo(3);
    assertThat(post(room + "/delete?count=2").get("ids")).hasSize(2);
    assertThat(post(room + "/post?text=hi&user=grace").get("ids")).hasSize(1);
    post("/_fake/users/" + scene.grace.id() + "/rename?to=hopper");

    List<String> lines = get(room + "/messages").body().lines().toList();
    assertThat(lines).hasSize(19);
    assertThat(lines.get(18)).contains("\"msg\":\"hi\"", "\"username\":\"hopper\"");
    JsonNode rooms = Json.MAPPER.readTree(get("/_fake/rooms").body());
    assertThat(rooms.get(0).get("live").asInt()).isGreaterThanOrEqualTo(19);
  }

  @Test
  void changesClockLimiterSettingsAndFaultsFromOutside() throws Exception {
    String before = post("/_fake/clock?set=2026-01-01T00:00:00Z").get("now").asText();
    assertThat(before).isEqualTo("2026-01-01T00:00:00.000Z");
    assertThat(post("/_fake/clock?advance=PT1H").get("now").asText())
        .isEqualTo("2026-01-01T01:00:00.000Z");
    post("/_fake/limiter?calls=1");
    post("/_fake/settings?Message_KeepHistory=true");
    post("/_fake/faults?route=me&fault=status:502&times=2");
    assertThat(get("/api/v1/me").statusCode()).isEqualTo(502);
    assertThat(get("/api/v1/rooms.get").statusCode()).isEqualTo(200);
    assertThat(get("/api/v1/rooms.get").statusCode()).isEqualTo(429);
    assertThat(Json.MAPPER.readTree(get("/_fake/requests").body()).get("rooms.get").asInt())
        .isEqualTo(2);
    assertThat(scene.workspace.settings().keepsHistory()).isTrue();
    assertThat(post("/_fake/faults?fault=nonsense").get("error").asText())
        .startsWith("No fault nonsense");
  }

  @Test
  void stopsWhenAskedTo() throws Exception {
    post("/_fake/stop");
    server.awaitStop();
    server.close();
    assertThatThrownBy(() -> get("/api/v1/me")).isInstanceOf(IOException.class);
  }

  /** The example of docs/fake-server.md, as it stands there. */
  @Test
  void worksAsItsPageShows() throws Exception {
    FakeWorkspace workspace = FakeWorkspace.create();
    FakeUser ada = workspace.users().create("ada", "Ada");
    String room = workspace.rooms().create(FakeRoomType.GROUP, "harbour", ada);
    workspace.conversation().fill(room, 2_000);

    try (FakeServer server = FakeServer.start(workspace)) {
      server.faults().next("chat.syncMessages", Fault.status(503), Fault.cut(1_000));
      // point the client at server.url(), with ada.id() and ada.authToken()
      HttpRequest me = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/me")).build();
      client.send(me, HttpResponse.BodyHandlers.discarding());
      List<ObjectNode> truth = workspace.visibleMessages(room, ada);
      int calls = server.requestsTo("chat.syncMessages").size();
      assertThat(truth).hasSize(2_000);
      assertThat(calls).isZero();
    }
  }
}
