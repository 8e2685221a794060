package dev.strandline.internal.directory;

import dev.strandline.model.Unreadable;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.DirectoryList;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.Transport.DirectoryAnswer;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps entries of the directory that cannot be understood in quarantine while the server shows
 * them (R14): each may stand for a room of the caller's.
 */
final class Unreadables {
  private final Store store;
  private final DeviceClock clock;

  Unreadables(Store store, DeviceClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Whether only a whole list can tell what has become of entries in quarantine: what has changed
   * shows none of them any more, and does not show entries that do not say when they were written.
   */
  boolean needWholeLists(DirectoryAnswer subscriptions, DirectoryAnswer rooms) {
    return store.read(
        reader ->
            (subscriptions.unreadable().isEmpty()
                    && reader.quarantined(DirectoryList.SUBSCRIPTIONS) > 0)
                || (rooms.unreadable().isEmpty() && reader.quarantined(DirectoryList.ROOMS) > 0));
  }

  /**
   * Takes in what cannot be understood of one list.
   *
   * @param isWhole whether the list shows everything that there is
   */
  void take(StoreWriter writer, DirectoryList list, DirectoryAnswer answer, boolean isWhole) {
    for (Unreadable entry : answer.unreadable()) {
      writer.quarantine(
          list, new Unreadable(null, entry.json(), entry.reason(), entry.updatedAt()), clock.now());
    }
    // An empty list is never believed.
    if (isWhole && !(answer.entries().isEmpty() && answer.unreadable().isEmpty())) {
      Set<String> shown =
          answer.unreadable().stream().map(Unreadable::json).collect(Collectors.toSet());
      writer.releaseUnshown(list, shown);
    }
  }
}
