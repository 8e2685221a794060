package dev.strandline.journal;

import dev.strandline.model.RoomId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pages wrote what is stored of one message. A page number of 0 stands for none: written
 * outside of any run.
 *
 * @param live of the live message; null where it is not stored
 * @param grave of its tombstone; null where it has none
 * @param quarantine of what is in quarantine under its id, oldest first
 */
public record MessageLinks(
    @Nullable Live live, @Nullable Grave grave, List<InQuarantine> quarantine) {

  /** Nothing is stored of it. */
  public static final MessageLinks NONE = new MessageLinks(null, null, List.of());

  public MessageLinks {
    quarantine = List.copyOf(quarantine);
  }

  /**
   * Of a live message.
   *
   * @param added the page that stored it where it was not
   * @param written the page that last stored another content
   */
  public record Live(long added, long written) {}

  /**
   * Of a tombstone.
   *
   * @param room the room of the message
   * @param added the page that had added the live message that it removed; 0 also where none was
   *     stored
   * @param removed the page that removed the live message; 0 also where none was stored
   * @param written the page that last wrote the tombstone
   */
  public record Grave(RoomId room, long added, long removed, long written) {}

  /**
   * Of an entry in quarantine.
   *
   * @param room the room whose answer it was in
   * @param reason what is wrong with it
   * @param firstSeen by the device's clock
   * @param page the page that it was in
   */
  public record InQuarantine(RoomId room, String reason, Instant firstSeen, long page) {}
}
