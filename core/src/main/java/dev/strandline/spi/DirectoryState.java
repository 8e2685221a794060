package dev.strandline.spi;

import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/**
 * How far the caller's directory of rooms has been read.
 *
 * @param subscriptions up to where {@code subscriptions.get} is settled; null before its first full
 *     reading
 * @param rooms the same for {@code rooms.get}
 * @param newsAsOf a server time up to which every message and deletion has been told of: those
 *     rooms of which something is not read yet {@linkplain dev.strandline.model.Room#hasNews have
 *     news}; null where that is not known
 * @param read when both lists were last read; null where they never were
 */
public record DirectoryState(
    @Nullable ServerTime subscriptions,
    @Nullable ServerTime rooms,
    @Nullable ServerTime newsAsOf,
    @Nullable Told read) {

  /** A directory that was never read. */
  public static final DirectoryState UNREAD = new DirectoryState(null, null, null, null);
}
