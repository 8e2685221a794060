package dev.strandline.error;

import dev.strandline.model.RoomId;

/**
 * The server answers {@code error-not-allowed} for a room: it is gone, or the caller may not read
 * it. The answer does not say which; the caller's subscriptions do (R12).
 */
public final class RoomUnavailableException extends StrandlineException {
  private static final long serialVersionUID = 1L;

  private final transient RoomId room;

  public RoomUnavailableException(RoomId room) {
    super(
        "The server does not let this account read room "
            + room
            + ": it was deleted, never existed, or the account is not (or no longer) a member."
            + " What is stored stays readable; check the room id and the account.",
        null);
    this.room = room;
  }

  /** The room that cannot be read. */
  public RoomId room() {
    return room;
  }

  @Override
  public Recovery recovery() {
    return Recovery.SKIP_SCOPE;
  }

  @Override
  public String kind() {
    return "room-unavailable";
  }
}
