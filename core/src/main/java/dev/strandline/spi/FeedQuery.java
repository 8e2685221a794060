package dev.strandline.spi;

import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;

/** One question about the changes of a room or a thread. Every bound is exclusive. */
public sealed interface FeedQuery {

  /** The scope that the question is about. */
  Scope scope();

  /**
   * Up to {@code count} changes later than {@code after}, oldest change first ({@code
   * chat.syncMessages} with {@code next}).
   *
   * @param count at least 1; the server sets no maximum (R3, R4 rely on it)
   */
  record Forward(RoomId room, Feed feed, ServerTime after, int count) implements FeedQuery {
    public Forward {
      checkCount(count);
    }

    @Override
    public Scope scope() {
      return Scope.room(room);
    }
  }

  /**
   * Up to {@code count} live messages last written before {@code before}, newest change first
   * ({@code chat.syncMessages} with {@code previous}).
   *
   * @param count at least 1; the server sets no maximum
   */
  record Backward(RoomId room, ServerTime before, int count) implements FeedQuery {
    public Backward {
      checkCount(count);
    }

    @Override
    public Scope scope() {
      return Scope.room(room);
    }
  }

  /**
   * Everything later than {@code since}, updates and deletions, in one uncut answer without a
   * defined order ({@code chat.syncMessages} with {@code lastUpdate}).
   */
  record Since(RoomId room, ServerTime since) implements FeedQuery {
    @Override
    public Scope scope() {
      return Scope.room(room);
    }
  }

  /**
   * Everything later than {@code since} below one root, in one uncut answer without a defined order
   * ({@code chat.syncThreadMessages}).
   */
  record ThreadSince(MessageId root, ServerTime since) implements FeedQuery {
    @Override
    public Scope scope() {
      return Scope.thread(root);
    }
  }

  private static void checkCount(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, not " + count);
    }
  }
}
