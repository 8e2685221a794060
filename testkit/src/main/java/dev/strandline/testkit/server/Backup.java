package dev.strandline.testkit.server;

import java.util.List;

/**
 * The messages and the trash of a workspace as they were at one moment, to be put back with {@link
 * FakeWorkspace#restore}. Rooms, users, memberships and settings are not part of it.
 */
public final class Backup {
  private final List<MessageRow> messages;
  private final List<TrashRow> trash;

  Backup(List<MessageRow> messages, List<TrashRow> trash) {
    this.messages = List.copyOf(messages);
    this.trash = List.copyOf(trash);
  }

  List<MessageRow> messages() {
    return messages;
  }

  List<TrashRow> trash() {
    return trash;
  }
}
