package dev.strandline.testkit.simulation;

import dev.strandline.ChangeListener;
import dev.strandline.ChangeSet;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.Store;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Follows a run by what listeners are told: it has to add up to what is stored. */
final class Mirror implements ChangeListener {
  private final Store store;
  private final Map<RoomId, Set<MessageId>> ids;

  Mirror(Store store) {
    this.store = store;
    ids = stored();
  }

  @Override
  public void changed(ChangeSet changes) {
    Set<MessageId> room = ids.computeIfAbsent(changes.room(), id -> new TreeSet<>());
    for (MessageId added : changes.added()) {
      Broken.unless(room.add(added), "listeners hear of what is new, but %s was known", added);
    }
    for (MessageId removed : changes.removed()) {
      Broken.unless(room.remove(removed), "listeners hear of what went, but %s was not", removed);
    }
    for (MessageId changed : changes.changed()) {
      Broken.unless(
          room.contains(changed), "listeners hear of what changed, but %s was not known", changed);
    }
  }

  void check() {
    Map<RoomId, Set<MessageId>> now = stored();
    now.forEach(
        (room, stored) ->
            // A room that was purged is told of as a room, not message by message.
            Broken.unless(
                stored.isEmpty() || stored.equals(ids.getOrDefault(room, Set.of())),
                "what listeners hear adds up, but of room %s they know %s, and stored is %s",
                room,
                ids.get(room),
                stored));
  }

  private Map<RoomId, Set<MessageId>> stored() {
    return store.read(
        reader -> {
          Map<RoomId, Set<MessageId>> stored = new HashMap<>();
          for (Room room : reader.rooms()) {
            Set<MessageId> messages = new TreeSet<>();
            reader.forEachMessage(Scope.room(room.id()), message -> messages.add(message.id()));
            stored.put(room.id(), messages);
          }
          return stored;
        });
  }
}
