package dev.strandline.transport.http;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Call;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.ListingAnswer;
import dev.strandline.spi.ListingQuery;
import dev.strandline.spi.ServerFacts;
import dev.strandline.spi.Transport;
import dev.strandline.transport.http.internal.Caller;
import dev.strandline.transport.http.internal.Routes;
import dev.strandline.transport.http.internal.ServerAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A Rocket.Chat server over its REST API.
 *
 * <p>Answers are read while they arrive: whatever an answer's length, only one message of it is in
 * memory at a time. Every message's JSON is what the server sent, byte for byte, but for what a
 * later value of the same key replaces. A request waits for the server's rate limiter where the
 * last answer says so (R15), and is sent once more with renewed credentials where the server
 * refuses the first; nothing else is tried again.
 *
 * <p>Credentials go to the server's own origin and nowhere else: a redirect elsewhere is a failure.
 * They appear in no message, no cause and no log.
 *
 * <p>Safe for several threads. Each call keeps one connection busy while it lasts, and the thread
 * that asked; an interrupt ends it as a cancellation does, with the thread's interrupt status set.
 */
public final class HttpTransport implements Transport {
  private final String account;
  private final String server;
  private final BooleanSupplier isSharedClosed;
  private final Runnable onClose;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Routes routes;

  /**
   * @param isSharedClosed whether what it shares with others has been closed
   */
  HttpTransport(
      String server,
      String account,
      Caller caller,
      BooleanSupplier isSharedClosed,
      Runnable onClose) {
    this.server = server;
    this.account = account;
    this.isSharedClosed = isSharedClosed;
    this.onClose = onClose;
    routes = new Routes(caller, this::isClosed);
  }

  /**
   * Starts a transport.
   *
   * @param serverUrl the server's URL as a browser shows it, such as {@code
   *     https://chat.example.org} or {@code https://example.org/chat}; a slash at the end makes no
   *     difference, and an international host name is as good as its ASCII form
   */
  public static HttpTransportBuilder builder(URI serverUrl) {
    return new HttpTransportBuilder(serverUrl);
  }

  /**
   * The URL of a server from a text as a person writes or pastes it, to be given to {@link
   * #builder}: international host names in their ASCII form, no slash at the end.
   *
   * @throws IllegalArgumentException where it cannot be a server's; the message says why, and shows
   *     no password that may be in it
   */
  public static URI serverUrl(String text) {
    return ServerAddress.parse(text);
  }

  @Override
  public FeedAnswer fetch(FeedQuery query, ChangeSink sink, Call call) {
    return open().feed(query, sink, call);
  }

  @Override
  public DirectoryAnswer subscriptions(@Nullable ServerTime since, Call call) {
    return open().subscriptions(since, call);
  }

  @Override
  public DirectoryAnswer rooms(@Nullable ServerTime since, Call call) {
    return open().rooms(since, call);
  }

  @Override
  public Optional<Message> message(MessageId id, Call call) {
    return open().message(id, call);
  }

  @Override
  public Optional<ListingAnswer> listing(ListingQuery query, Call call) {
    return open().listing(query, call);
  }

  /**
   * {@inheritDoc} A server that refuses the question, as some versions may its parameters, leaves
   * every setting unknown.
   */
  @Override
  public ServerFacts facts(Call call) {
    return open().facts(call);
  }

  /**
   * The server's URL and the user id, as {@link dev.strandline.spi.StoreOwner#accountOf} joins
   * them.
   */
  @Override
  public String account() {
    return account;
  }

  private Routes open() {
    if (isClosed()) {
      throw new IllegalStateException("the transport is closed");
    }
    return routes;
  }

  private boolean isClosed() {
    return closed.get() || isSharedClosed.getAsBoolean();
  }

  /**
   * Closes the connections, unless the {@code HttpClient} was supplied. Calls of other threads end
   * with a {@code SyncCancelledException} within a fraction of a second. Closing twice is fine.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      onClose.run();
    }
  }

  @Override
  public String toString() {
    return "HttpTransport[" + server + "]";
  }
}
