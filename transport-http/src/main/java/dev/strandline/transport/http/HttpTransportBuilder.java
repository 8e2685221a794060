package dev.strandline.transport.http;

import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.StoreOwner;
import dev.strandline.transport.http.internal.Caller;
import dev.strandline.transport.http.internal.HttpClientWire;
import dev.strandline.transport.http.internal.Login;
import dev.strandline.transport.http.internal.RecordingWire;
import dev.strandline.transport.http.internal.ServerAddress;
import dev.strandline.transport.http.internal.recording.Recording;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects how to reach a server. Everything but the credentials has a default. Not safe for
 * several threads; what it builds is.
 */
public final class HttpTransportBuilder {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int LARGEST_MESSAGE = 1 << 30;

  private final URI serverUrl;
  private @Nullable CredentialsProvider credentials;
  private @Nullable Duration connectTimeout;
  private Duration requestTimeout = Duration.ofSeconds(60);
  private Duration stallTimeout = Duration.ofSeconds(20);
  private Duration maxWait = Duration.ofMinutes(2);
  private int maxMessageBytes = 16 << 20;
  private boolean allowPlainHttp;
  private String userAgent = "Strandline";
  private DeviceClock clock = DeviceClock.system();
  private @Nullable Pacing pacing;
  private @Nullable HttpClient httpClient;
  private @Nullable SharedHttp shared;
  private @Nullable Path recordingFolder;
  private Scrubbing scrubbing = Scrubbing.secretsOnly();

  HttpTransportBuilder(URI serverUrl) {
    this.serverUrl = Objects.requireNonNull(serverUrl);
  }

  /** Credentials that stay as they are; when the server refuses them, a call fails. */
  public HttpTransportBuilder credentials(Credentials value) {
    return credentials(CredentialsProvider.fixed(value));
  }

  /** Where credentials come from. Required. */
  public HttpTransportBuilder credentials(CredentialsProvider value) {
    credentials = Objects.requireNonNull(value);
    return this;
  }

  /**
   * How long a connection may take to come about; 10 seconds unless set. Not together with {@link
   * #httpClient}, which has its own.
   */
  public HttpTransportBuilder connectTimeout(Duration value) {
    connectTimeout = checked(value, "connectTimeout");
    return this;
  }

  /**
   * How long a call may wait for the server in all, from sending the request to the last byte of
   * the answer; 60 seconds unless set. Time that the sink takes does not count.
   */
  public HttpTransportBuilder requestTimeout(Duration value) {
    requestTimeout = checked(value, "requestTimeout");
    return this;
  }

  /** How long an answer may pause between two of its bytes; 20 seconds unless set. */
  public HttpTransportBuilder stallTimeout(Duration value) {
    stallTimeout = checked(value, "stallTimeout");
    return this;
  }

  /**
   * How long a call may wait for the rate limiter in all; 2 minutes unless set, zero for not at
   * all. Where the wait would be longer the call fails at once with a {@code RateLimitedException}
   * that says how long.
   */
  public HttpTransportBuilder maxWait(Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("maxWait must be from 0 to " + LONGEST + ", not " + value);
    }
    maxWait = value;
    return this;
  }

  /**
   * How long one message's JSON may be; 16 MiB unless set, which no real server exceeds. A longer
   * one is reported as unreadable, with a note in place of its JSON.
   */
  public HttpTransportBuilder maxMessageBytes(int value) {
    if (value < 1024 || value > LARGEST_MESSAGE) {
      throw new IllegalArgumentException(
          "maxMessageBytes must be from 1024 to " + LARGEST_MESSAGE + ", not " + value);
    }
    maxMessageBytes = value;
    return this;
  }

  /**
   * Whether credentials and messages may be sent unencrypted to another device; false unless set.
   * To this device itself they always may.
   */
  public HttpTransportBuilder allowPlainHttp(boolean value) {
    allowPlainHttp = value;
    return this;
  }

  /** The {@code User-Agent} of every request; {@code Strandline} unless set. */
  public HttpTransportBuilder userAgent(String value) {
    if (value.isBlank() || !value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("userAgent must be printable ASCII, not " + value);
    }
    userAgent = value;
    return this;
  }

  /** The clock that paces requests; the device's own unless set. Timeouts are always real time. */
  public HttpTransportBuilder clock(DeviceClock value) {
    clock = Objects.requireNonNull(value);
    return this;
  }

  /** What is known of the rate limits, to be shared with other transports; one's own unless set. */
  public HttpTransportBuilder pacing(Pacing value) {
    pacing = Objects.requireNonNull(value);
    return this;
  }

  /**
   * A client to share with others, for example for its proxy or its certificates; it is used as it
   * is, but for plain http servers, which are asked by HTTP/1.1, and is not closed with the
   * transport. It must not follow redirects, since it would take the credentials along.
   */
  public HttpTransportBuilder httpClient(HttpClient value) {
    httpClient = Objects.requireNonNull(value);
    return this;
  }

  /**
   * What to share with the transports of other accounts: the client, its threads and connections,
   * and the pacing. It is not closed with the transport. Not together with {@link #connectTimeout},
   * {@link #pacing} and {@link #httpClient}, which it brings.
   */
  public HttpTransportBuilder shared(SharedHttp value) {
    shared = Objects.requireNonNull(value);
    return this;
  }

  /**
   * Writes down everything that goes over the wire, as WireMock serves it: {@code mappings/*.json}
   * and the bodies in {@code __files}. An exchange that cannot be written down fails with a {@link
   * dev.strandline.error.RecordingFailedException}, which ends the run.
   *
   * @param folder a new or empty directory, or one with a recording of the same account that was
   *     scrubbed in the same way: that is continued
   * @param value what is left out, besides tokens, cookies, host names and user ids
   */
  public HttpTransportBuilder recordTo(Path folder, Scrubbing value) {
    recordingFolder = Objects.requireNonNull(folder);
    scrubbing = Objects.requireNonNull(value);
    return this;
  }

  static Duration checked(Duration value, String name) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name + " must be from 1 ms to " + LONGEST + ", not " + value);
    }
    return value;
  }

  /**
   * Builds the transport. Opens no connection, but asks the provider for the account's user id.
   *
   * @throws IllegalArgumentException where the URL is none, or is plain http to another device
   * @throws IllegalStateException where the credentials are missing, or settings exclude each other
   * @throws dev.strandline.error.RecordingFailedException where a recording was asked for, and the
   *     directory cannot be used
   */
  public HttpTransport build() {
    ServerAddress server = ServerAddress.of(serverUrl);
    if (server.isPlain() && !server.isLoopback() && !allowPlainHttp) {
      throw new IllegalArgumentException(
          server.origin()
              + " would be sent the credentials unencrypted: use its https URL,"
              + " or allow it with allowPlainHttp(true)");
    }
    if (credentials == null) {
      throw new IllegalStateException("credentials must be set");
    }
    refuseWhatExcludesEachOther();
    String userId = credentials.current().userId();
    Login.Source logins = new ProvidedLogins(credentials, userId);
    Recording recording = recording(server, credentials.current());
    ExecutorService workers = null;
    HttpClient client = shared == null ? httpClient : shared.client();
    if (client == null) {
      workers = Executors.newCachedThreadPool(SharedHttp::daemon);
      client =
          SharedHttp.client(
              connectTimeout == null ? SharedHttp.CONNECT_TIMEOUT : connectTimeout, workers);
    }
    HttpClientWire wire = new HttpClientWire(client, requestTimeout, stallTimeout, clock);
    Caller caller =
        new Caller(
            server,
            recording == null ? wire : new RecordingWire(wire, recording),
            logins,
            pacing().limits(),
            clock,
            new Caller.Settings(userAgent, maxWait, maxMessageBytes));
    ExecutorService ownWorkers = workers;
    Runnable onClose =
        () -> {
          if (ownWorkers != null) {
            ownWorkers.shutdownNow();
          }
          if (recording != null) {
            recording.close();
          }
        };
    BooleanSupplier isSharedClosed = shared == null ? () -> false : shared::isClosed;
    return new HttpTransport(
        server.origin(),
        StoreOwner.accountOf(server.origin() + server.prefix(), userId),
        caller,
        isSharedClosed,
        onClose);
  }

  private Pacing pacing() {
    if (shared != null) {
      return shared.pacing();
    }
    return pacing == null ? Pacing.create() : pacing;
  }

  private void refuseWhatExcludesEachOther() {
    HttpClient supplied = httpClient;
    if (shared != null && (supplied != null || connectTimeout != null || pacing != null)) {
      throw new IllegalStateException(
          "shared brings a client with its connectTimeout and a pacing: set none of them besides");
    }
    if (supplied != null && connectTimeout != null) {
      throw new IllegalStateException("connectTimeout must be set on the httpClient supplied");
    }
    if (supplied != null && supplied.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalStateException(
          "the httpClient supplied must have followRedirects(NEVER):"
              + " it would take the credentials to other servers");
    }
  }

  private @Nullable Recording recording(ServerAddress server, Credentials login) {
    Path folder = recordingFolder;
    return folder == null
        ? null
        : Recording.open(
            folder,
            scrubbing,
            new Recording.Owner(
                URI.create(server.origin()).getHost(),
                server.prefix(),
                login.userId(),
                login.authToken()));
  }

  /** Logins from a provider, all of one account. */
  private static final class ProvidedLogins implements Login.Source {
    private final CredentialsProvider provider;
    private final String userId;

    ProvidedLogins(CredentialsProvider provider, String userId) {
      this.provider = provider;
      this.userId = userId;
    }

    @Override
    public Login current() {
      return checked(provider.current());
    }

    @Override
    public synchronized Login insteadOf(Login refused) {
      Login now = current();
      // Another thread, refused at the same time, may have renewed them already.
      return now.equals(refused)
          ? checked(provider.renew(new Credentials(refused.userId(), refused.authToken())))
          : now;
    }

    private Login checked(Credentials supplied) {
      if (!supplied.userId().equals(userId)) {
        throw Caller.anotherAccount();
      }
      return new Login(supplied.userId(), supplied.authToken());
    }
  }
}
