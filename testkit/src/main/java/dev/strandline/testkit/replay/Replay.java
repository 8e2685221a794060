package dev.strandline.testkit.replay;

import dev.strandline.Strandline;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.Transport;
import dev.strandline.store.memory.MemoryStore;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A recording as a JUnit extension: a server that answers as the recorded one did, from the
 * beginning for each test.
 *
 * <pre>{@code
 * @RegisterExtension final Replay replay = Replay.of("recordings/harbour");
 *
 * @Test
 * void theEditArrives() {
 *   Transport server =
 *       HttpTransport.builder(replay.url()).credentials(ANYBODY).clock(replay.clock()).build();
 *   try (Strandline strandline = replay.strandline(server)) {
 *     strandline.syncEverything();
 *     assertThat(strandline.local().message(id).message().text()).isEqualTo("low tide");
 *   }
 * }
 * }</pre>
 *
 * <p>A test that asks for what was not recorded fails, and says what was recorded nearest to it.
 * The server runs for one test, or, where the field is static, for all of its class.
 */
public final class Replay
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private final Path recording;
  private final RecordedServer.Options options;
  private final boolean anything;
  private @Nullable RecordedServer server;
  private boolean runsForAll;

  private Replay(Path recording, RecordedServer.Options options, boolean anything) {
    this.recording = recording;
    this.options = options;
    this.anything = anything;
  }

  /**
   * A recording among the test's resources, or else in a directory.
   *
   * @param name such as {@code recordings/harbour}
   * @throws IllegalArgumentException where there is none
   */
  public static Replay of(String name) {
    URL resource = Thread.currentThread().getContextClassLoader().getResource(name);
    if (resource != null && resource.getProtocol().equals("file")) {
      try {
        return of(Path.of(resource.toURI()));
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(e);
      }
    }
    if (Files.isDirectory(Path.of(name))) {
      return of(Path.of(name));
    }
    throw new IllegalArgumentException(
        "there is no recording "
            + name
            + ": neither a directory among the test's resources nor below "
            + Path.of("").toAbsolutePath());
  }

  /** A recording in a directory. */
  public static Replay of(Path recording) {
    return new Replay(recording, RecordedServer.Options.standard(), false);
  }

  /** The same recording with a parameter that can be anything, such as {@code count}. */
  public Replay ignoring(String parameter) {
    return new Replay(recording, options.ignoring(parameter), anything);
  }

  /** The same recording with late answers late again; see {@code RecordedServer.Options}. */
  public Replay withDelays() {
    return new Replay(recording, options.withDelays(), anything);
  }

  /** The same recording for tests that may ask for what is not in it: it is not found. */
  public Replay allowingWhatIsNotRecorded() {
    return new Replay(recording, options, true);
  }

  /** Where the recorded server is now. Only while a test runs. */
  public URI url() {
    return running().url();
  }

  /**
   * A clock on which retries and rate limits do not wait, for the transport and the engine. Only
   * while a test runs.
   */
  public DeviceClock clock() {
    return running().clock();
  }

  /** An engine over a new store in memory and with {@link #clock}. */
  public Strandline strandline(Transport transport) {
    return Strandline.builder()
        .store(new MemoryStore())
        .transport(transport)
        .clock(clock())
        .build();
  }

  /** See {@link RecordedServer#notFound}. */
  public List<String> notFound() {
    return running().notFound();
  }

  /** See {@link RecordedServer#neverAsked}. */
  public List<String> neverAsked() {
    return running().neverAsked();
  }

  private RecordedServer running() {
    if (server == null) {
      throw new IllegalStateException(
          "the replay runs only while a test does: is its field annotated with"
              + " @RegisterExtension?");
    }
    return server;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    server = RecordedServer.start(recording, options);
    runsForAll = true;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (server == null) {
      server = RecordedServer.start(recording, options);
    } else {
      server.rewind();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    List<String> notFound = running().notFound();
    if (!runsForAll) {
      stop();
    }
    if (!anything && !notFound.isEmpty()) {
      throw new AssertionError(
          "Asked for and not in the recording "
              + recording
              + ":\n  "
              + String.join("\n  ", notFound)
              + "\nRecord again, or ask as the recorded run did: with the same options.");
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stop();
  }

  private void stop() {
    if (server != null) {
      server.close();
      server = null;
    }
    runsForAll = false;
  }
}
