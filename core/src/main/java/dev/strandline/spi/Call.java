package dev.strandline.spi;

import dev.strandline.error.SyncCancelledException;
import dev.strandline.model.ServerTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a transport is told about the run that it works for, and tells it. A transport calls these
 * on the thread that asked.
 */
public interface Call {

  /** A request is about to leave. Called once for each attempt that reaches the network. */
  void requestSent(String route);

  /**
   * The body of an answer has been read, or as much of it as was.
   *
   * @param bytes how many bytes that was after decompression
   */
  default void bodyRead(String route, long bytes) {}

  /**
   * Waits, for example for the rate limiter's window, and tells whoever watches.
   *
   * @param reason for people, such as {@code "rate limit of chat.syncMessages"}
   * @throws SyncCancelledException as soon as the run is cancelled
   */
  void pause(Duration duration, String reason);

  /**
   * Checks whether the run goes on. Cheap: a transport calls it between the parts of a long answer.
   *
   * @throws SyncCancelledException where it does not
   */
  void checkCancelled();

  /**
   * A server time that has passed, by the run's confirmed clock; null where nothing has confirmed
   * one. A transport that records writes it down for an answer that does not confirm its own, so
   * that a replay of it leads to the same positions.
   */
  default @Nullable ServerTime passed() {
    return null;
  }
}
