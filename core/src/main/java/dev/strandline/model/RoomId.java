package dev.strandline.model;

/**
 * Identifies a room: the server's {@code rid}.
 *
 * @param value the id as the server writes it, 1 to 512 characters
 */
public record RoomId(String value) {
  public RoomId {
    Ids.checked(value, "a room id");
  }

  @Override
  public String toString() {
    return value;
  }
}
