package dev.strandline.transport.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A server that answers what a test tells it to, and a transport to it. */
abstract class WireTest {
  static final String SYNC = "/api/v1/chat.syncMessages";
  static final String THREAD = "/api/v1/chat.syncThreadMessages";
  static final String USER = "planted-user-4711";
  static final String TOKEN = "planted-token-0815";
  static final RoomId ROOM = new RoomId("5qW6ssMFyzWjJev69");
  static final MessageId ROOT = new MessageId("hbs2ZAjHH2JXrP7C7");
  static final String EMPTY_PAGE =
      "{\"result\":{\"updated\":[],\"deleted\":[],\"cursor\":{\"next\":null,\"previous\":null}},"
          + "\"success\":true}";

  private static WireMockServer server;

  final TestClock clock = new TestClock();
  final RecordingCall call = new RecordingCall(clock);
  final CollectingSink sink = new CollectingSink();
  HttpTransport transport;

  @BeforeAll
  static void startServer() {
    server = new WireMockServer(wireMockConfig().dynamicPort().gzipDisabled(true));
    server.start();
  }

  @AfterAll
  static void stopServer() {
    server.stop();
  }

  @BeforeEach
  void openTransport() {
    server.resetAll();
    transport = builder().build();
  }

  @AfterEach
  void closeTransport() {
    transport.close();
  }

  static WireMockServer server() {
    return server;
  }

  HttpTransportBuilder builder() {
    return HttpTransport.builder(URI.create("http://localhost:" + server.port()))
        .credentials(new Credentials(USER, TOKEN))
        .clock(clock);
  }

  static ResponseDefinitionBuilder ok(String body) {
    return aResponse()
        .withStatus(200)
        .withHeader("Content-Type", "application/json")
        .withBody(body.getBytes(StandardCharsets.UTF_8));
  }

  static void answer(String path, ResponseDefinitionBuilder response) {
    server.stubFor(get(urlPathEqualTo(path)).willReturn(response));
  }

  static String resource(String name) {
    try (InputStream stream = WireTest.class.getResourceAsStream("/answers/" + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page that goes on at {@code next} and holds these entries. */
  static String page(String updated, String deleted, String next) {
    return "{\"result\":{\"updated\":["
        + updated
        + "],\"deleted\":["
        + deleted
        + "],\"cursor\":{\"next\":"
        + next
        + ",\"previous\":null}},\"success\":true}";
  }

  static String message(String id) {
    return "{\"_id\":\""
        + id
        + "\",\"rid\":\""
        + ROOM
        + "\",\"msg\":\"hello\",\"ts\":\"2025-10-09T09:10:00.000Z\",\"u\":{\"_id\":\"uid1\","
        + "\"username\":\"ada\"},\"_updatedAt\":\"2025-10-09T09:10:00.037Z\"}";
  }

  static FeedQuery forward() {
    return new FeedQuery.Forward(ROOM, Feed.UPDATED, ServerTime.EPOCH, 50);
  }

  static FeedQuery since() {
    return new FeedQuery.Since(ROOM, ServerTime.EPOCH);
  }

  static FeedQuery threadSince() {
    return new FeedQuery.ThreadSince(ROOT, ServerTime.EPOCH);
  }

  FeedAnswer fetch(FeedQuery query) {
    return transport.fetch(query, sink, call);
  }

  /** Asks with an answer that holds one updated entry. */
  FeedAnswer fetchOne(String entry) {
    answer(SYNC, ok(page(entry, "", "null")));
    return fetch(forward());
  }
}
