package dev.strandline.cli.text;

/** What is said where entries of the account's list of rooms could not be understood. */
public final class RoomListWords {
  private RoomListWords() {}

  /**
   * One line for people.
   *
   * @param unreadable how many entries, at least 1
   */
  public static String unreadable(long unreadable) {
    return Moments.number(unreadable)
        + (unreadable == 1 ? " entry" : " entries")
        + " of the account's list of rooms could not be understood, so rooms may be missing here."
        + " Each is kept in quarantine as it came, with what is wrong: see strandline inspect.";
  }
}
