package dev.strandline.testkit.server;

/** The kinds of room that have a listing route: public channel, private group, direct messages. */
public enum FakeRoomType {
  /**
   * A public channel ({@code c}): readable without a subscription unless the workspace says
   * otherwise.
   */
  CHANNEL("c"),
  /** A private group ({@code p}). */
  GROUP("p"),
  /** A direct conversation ({@code d}). */
  DIRECT("d");

  private final String code;

  FakeRoomType(String code) {
    this.code = code;
  }

  static FakeRoomType of(String code) {
    for (FakeRoomType type : values()) {
      if (type.code.equals(code)) {
        return type;
      }
    }
    throw new IllegalArgumentException("There is no kind of room " + code);
  }

  /** Returns the server's one-letter code, the {@code t} of a room document. */
  public String code() {
    return code;
  }
}
