package dev.strandline.internal.feed;

import dev.strandline.SyncOptions;
import dev.strandline.error.CursorUnsupportedException;
import dev.strandline.error.StrandlineException;
import dev.strandline.internal.call.AskedAt;
import dev.strandline.internal.call.Calls;
import dev.strandline.internal.call.Tally;
import dev.strandline.internal.commit.Commits;
import dev.strandline.internal.commit.Intake;
import dev.strandline.internal.commit.Memory;
import dev.strandline.internal.commit.ReadPass;
import dev.strandline.internal.journal.PassJournal;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Call;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Store;
import dev.strandline.spi.Transport;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the work on one scope needs at hand.
 *
 * @param transport where it comes from
 * @param options how to work
 * @param calls asks, for the scope
 * @param server what the run knows of the server
 * @param commits where it is kept: commits, for the scope
 * @param tally counts, for the scope
 * @param journal notes what is done, for the scope
 * @param pages how much to ask for at once, for the scope
 */
public record Session(
    Transport transport,
    SyncOptions options,
    Calls calls,
    ServerKnowledge server,
    Commits commits,
    Tally tally,
    PassJournal journal,
    PageSize pages) {

  /** The store, in which whatever the scope has committed is there to be read. */
  public Store store() {
    return commits;
  }

  /**
   * An answer that has been taken in up to its end and is not committed yet.
   *
   * @param asked when it was asked for
   */
  public record Read(FeedAnswer answer, Intake intake, AskedAt asked) {

    /** The latest stamp that it showed, of a message or a deletion; null for none. */
    public @Nullable ServerTime newest() {
      return later(intake.newestUpdate(), intake.newestDeletion());
    }
  }

  /** Asks, and takes the answer in. A broken answer is asked for again as a whole. */
  public Read read(FeedQuery query, ReadPass reading) {
    return read(query, reading, failure -> true, true);
  }

  /**
   * R8: the page that anchors its room is committed whole, since before it there is no position
   * that its rows could be ahead of.
   */
  public Read readWhole(FeedQuery query, ReadPass reading) {
    return read(query, reading, failure -> true, false);
  }

  /** The same, where a failure that {@code worthRetrying} does not want is not tried again. */
  public Read read(
      FeedQuery query, ReadPass reading, Predicate<StrandlineException> worthRetrying) {
    return read(query, reading, worthRetrying, true);
  }

  private Read read(
      FeedQuery query,
      ReadPass reading,
      Predicate<StrandlineException> worthRetrying,
      boolean streams) {
    long mostBytes = Memory.ofOneShare() / options.lanes();
    PageSize.Question question = pages.question(query);
    return calls.ask(
        call -> {
          Intake intake = new Intake(reading, calls::asked, commits, streams, mostBytes);
          FeedAnswer answer = fetch(question, intake, call);
          Read read = new Read(answer, intake, calls.asked());
          calls.showed(read.newest());
          return read;
        },
        worthRetrying);
  }

  /** Asks, and hands what comes to the sinks that {@code each} try gets one of. */
  public FeedAnswer read(FeedQuery query, Supplier<? extends ChangeSink> each) {
    PageSize.Question question = pages.question(query);
    return calls.ask(call -> fetch(question, each.get(), call));
  }

  private FeedAnswer fetch(PageSize.Question question, ChangeSink sink, Call call) {
    try {
      FeedAnswer answer = transport.fetch(question.asked(), sink, call);
      question.answered(answer);
      calls.heard(answer.askedAt(), answer.confirmed());
      return answer;
    } catch (StrandlineException e) {
      question.failed(e);
      throw e;
    }
  }

  /**
   * R16: asks with cursors where the server has them, and otherwise, from the first answer that
   * shows that it has none, without.
   */
  public <T> T paged(Supplier<T> withCursors, Supplier<T> without) {
    if (server.hasCursors()) {
      try {
        return withCursors.get();
      } catch (CursorUnsupportedException e) {
        server.noCursors();
      }
    }
    return without.get();
  }

  public Optional<RoomState> findState(RoomId room) {
    return commits.roomState(room);
  }

  public RoomState state(RoomId room) {
    return findState(room)
        .orElseThrow(() -> new IllegalStateException("room " + room + " has no state"));
  }

  /**
   * R5: where a pass starts whose feed is settled up to {@code settled}. At least a millisecond
   * behind, since the bound is strict and more may bear the watermark's own stamp (R3).
   */
  public ServerTime behind(ServerTime settled) {
    Duration back = options.lookback().isZero() ? Duration.ofMillis(1) : options.lookback();
    return ServerTime.max(ServerTime.EPOCH, settled.minus(back));
  }

  /** Whether {@code position} lies in the server's future; see {@link RunClock#isBehind}. */
  public boolean isAhead(ServerTime position) {
    return calls.clock().isBehind(position, options.lookback());
  }

  /** The later of two moments of which either may be unknown. */
  public static @Nullable ServerTime later(@Nullable ServerTime a, @Nullable ServerTime b) {
    return a == null ? b : b == null ? a : ServerTime.max(a, b);
  }
}
