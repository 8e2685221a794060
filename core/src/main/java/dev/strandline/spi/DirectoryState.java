package dev.strandline.spi;

import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/**
 * How far the caller's directory of rooms has been read.
 *
 * @param subscriptions up to where {@code subscriptions.get} is settled; null before its first full
 *     reading
 * @param rooms the same for {@code rooms.get}
 */
public record DirectoryState(@Nullable ServerTime subscriptions, @Nullable ServerTime rooms) {

  /** A directory that was never read. */
  public static final DirectoryState UNREAD = new DirectoryState(null, null);
}
