package dev.strandline.model;

/** What kind of room it is: the server's {@code t}. */
public enum RoomType {
  /** A public channel, {@code c}. */
  CHANNEL,
  /** A private group, {@code p}. */
  PRIVATE,
  /** A direct conversation, {@code d}. */
  DIRECT,
  /** A livechat conversation, {@code l}. */
  LIVECHAT,
  /** Something else, or not known yet. */
  OTHER;

  /** The type that the server writes as {@code code}; {@link #OTHER} for an unknown code. */
  public static RoomType ofCode(String code) {
    return switch (code) {
      case "c" -> CHANNEL;
      case "p" -> PRIVATE;
      case "d" -> DIRECT;
      case "l" -> LIVECHAT;
      default -> OTHER;
    };
  }
}
