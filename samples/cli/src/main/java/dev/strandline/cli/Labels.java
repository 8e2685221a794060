package dev.strandline.cli;

import dev.strandline.LocalCopy;
import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.Width;
import dev.strandline.error.StoreException;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What people call a scope: the room's name, or the beginning of the thread's root. */
final class Labels {
  private static final int LONGEST = 32;

  private final LocalCopy local;
  private final Map<RoomId, Room> known = new HashMap<>();

  Labels(LocalCopy local) {
    this.local = local;
  }

  /** The same for who labels every room: all are asked for at once. */
  static Labels ofAllRooms(LocalCopy local) {
    Labels labels = new Labels(local);
    local.entries().forEach(room -> labels.known.put(room.id(), room));
    return labels;
  }

  /** A short name, fit for a terminal; the id where nothing better can be read. */
  String of(Scope scope) {
    return Width.cut(Harmless.line(label(scope)), LONGEST);
  }

  private String label(Scope scope) {
    try {
      return scope instanceof Scope.OfThread thread
          ? thread(thread.root())
          : room(((Scope.OfRoom) scope).room());
    } catch (StoreException e) {
      // Of a store that fails the run itself tells.
      return scope.toString();
    }
  }

  private String room(RoomId id) {
    return Optional.ofNullable(known.get(id))
        .or(() -> local.entry(id))
        .map(Labels::of)
        .orElse(id.value());
  }

  private String thread(MessageId root) {
    Message message = local.message(root).message();
    String text = message == null ? "" : message.shownText();
    return text.isBlank() ? root.value() : "↳ " + text;
  }

  static String of(Room room) {
    return room.name() == null || room.name().isBlank() ? room.id().value() : room.name();
  }
}
