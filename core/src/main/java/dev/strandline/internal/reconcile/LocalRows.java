package dev.strandline.internal.reconcile;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A room's stored messages in reading order, with those that are known to have come or gone since.
 */
final class LocalRows {
  private final Store store;
  private final RoomId room;
  private final NavigableSet<MessageKey> come = new TreeSet<>();
  private final NavigableSet<MessageKey> gone = new TreeSet<>();

  LocalRows(Store store, RoomId room) {
    this.store = store;
    this.room = room;
  }

  long size() {
    return store.read(reader -> reader.counts(room)).messages() - gone.size() + come.size();
  }

  /** The place of a message, null where it is not there. */
  @Nullable MessageKey find(MessageId id) {
    Message message = store.read(reader -> reader.message(id)).orElse(null);
    if (message == null || !message.room().equals(room)) {
      return come.stream().filter(key -> key.id().equals(id)).findFirst().orElse(null);
    }
    MessageKey key = MessageKey.of(message);
    return gone.contains(key) ? null : key;
  }

  /** How many come before {@code place}. */
  long rank(MessageKey place) {
    return store.read(reader -> reader.rank(room, place))
        - gone.headSet(place).size()
        + come.headSet(place).size();
  }

  /** The last {@code limit} before {@code place}, newest first. */
  List<MessageKey> before(@Nullable MessageKey place, int limit) {
    List<MessageKey> keys = new ArrayList<>();
    store
        .read(reader -> reader.messages(Scope.room(room), place, limit + gone.size()))
        .forEach(message -> keys.add(MessageKey.of(message)));
    keys.removeAll(gone);
    keys.addAll(place == null ? come : come.headSet(place));
    keys.sort(Comparator.reverseOrder());
    return keys.subList(0, Math.min(limit, keys.size()));
  }

  /** Takes note that a stored message is gone. */
  void without(MessageKey key) {
    if (!come.remove(key)) {
      gone.add(key);
    }
  }

  /** Takes note of a message that is not stored. */
  void with(MessageKey key) {
    come.add(key);
  }
}
