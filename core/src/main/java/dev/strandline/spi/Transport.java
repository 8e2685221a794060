package dev.strandline.spi;

import dev.strandline.error.CursorUnsupportedException;
import dev.strandline.error.MalformedResponseException;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.RateLimitedException;
import dev.strandline.error.RoomUnavailableException;
import dev.strandline.error.ServerErrorException;
import dev.strandline.error.ThreadUnavailableException;
import dev.strandline.error.UnreachableException;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Unreadable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server, as the engine sees it: one method a question, each answered by one request.
 *
 * <p>An implementation paces itself within the server's rate limit (R15) and renews credentials
 * once when they are refused; it retries nothing else. It must be safe for several threads. Every
 * method can throw {@link NotAuthorizedException}, {@link RateLimitedException}, {@link
 * UnreachableException}, {@link ServerErrorException}, {@link MalformedResponseException}, and
 * {@link dev.strandline.error.SyncCancelledException} at any point of a wait or an answer.
 */
public interface Transport extends AutoCloseable {

  /**
   * Asks for changes and hands them to {@code sink} while they arrive.
   *
   * @throws RoomUnavailableException where the server does not let the caller read the room
   * @throws ThreadUnavailableException for a thread query that the server refuses
   * @throws CursorUnsupportedException for {@link FeedQuery.Forward} and {@link FeedQuery.Backward}
   *     where the answer shows that the server has no cursors (R16)
   */
  FeedAnswer fetch(FeedQuery query, ChangeSink sink, Call call);

  /**
   * The caller's subscriptions ({@code subscriptions.get}).
   *
   * @param since only what changed later; null for all that there are now
   */
  DirectoryAnswer subscriptions(@Nullable ServerTime since, Call call);

  /**
   * The caller's rooms ({@code rooms.get}).
   *
   * @param since only what changed later; null for all that there are now
   */
  DirectoryAnswer rooms(@Nullable ServerTime since, Call call);

  /**
   * One message as it is now ({@code chat.getMessage}); empty where the server has none, or only a
   * hidden one.
   *
   * @throws ServerErrorException also where it is in a room that the caller may not read
   * @throws MalformedResponseException also where the message itself cannot be understood
   */
  Optional<Message> message(MessageId id, Call call);

  /**
   * Some rows of a room's totally ordered listing.
   *
   * @return empty where there is none to be had: the server has no such route, or refuses the room
   *     or the question; a transport that does not override this has none at all
   * @throws MalformedResponseException also where a row itself cannot be understood
   */
  default Optional<ListingAnswer> listing(ListingQuery query, Call call) {
    return Optional.empty();
  }

  /** What the workspace says of itself ({@code settings.public}). */
  ServerFacts facts(Call call);

  /**
   * Names the server and the account, without telling a secret: equal for the same account on the
   * same server, different for every other. A store keeps it, so that two accounts are never mixed
   * in one file. Written as {@link StoreOwner#accountOf} writes it, people can be told whose a
   * store is, and a server that moves can be followed.
   */
  String account();

  /** Closes connections. Waiting calls of other threads fail. */
  @Override
  void close();

  /**
   * What a directory call answers.
   *
   * @param askedAt see {@link FeedAnswer#askedAt()}
   * @param confirmed see {@link FeedAnswer#confirmed()}
   * @param entries what is there or has changed
   * @param removed what is gone since, by the id the route uses for it
   * @param unreadable entries that cannot be understood (R14); the engine keeps them in quarantine
   */
  record DirectoryAnswer(
      @Nullable ServerTime askedAt,
      boolean confirmed,
      java.util.List<DirectoryEntry> entries,
      java.util.List<Removal> removed,
      java.util.List<Unreadable> unreadable) {
    public DirectoryAnswer {
      entries = java.util.List.copyOf(entries);
      removed = java.util.List.copyOf(removed);
      unreadable = java.util.List.copyOf(unreadable);
    }

    /** An answer whose date nothing confirms. */
    public DirectoryAnswer(
        @Nullable ServerTime askedAt,
        java.util.List<DirectoryEntry> entries,
        java.util.List<Removal> removed,
        java.util.List<Unreadable> unreadable) {
      this(askedAt, false, entries, removed, unreadable);
    }

    /** The same answer with {@code others} for what is gone. */
    public DirectoryAnswer withRemoved(java.util.List<Removal> others) {
      return new DirectoryAnswer(askedAt, confirmed, entries, others, unreadable);
    }
  }

  /**
   * The server's note that a subscription or a room is gone.
   *
   * @param id for {@code subscriptions.get} the subscription's id, not the room's; for {@code
   *     rooms.get} the id of any room deleted on the whole server, the caller's or not (facts 3.6)
   */
  record Removal(String id, @Nullable ServerTime at) {}
}
