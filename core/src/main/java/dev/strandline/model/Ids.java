package dev.strandline.model;

/** What every identifier that comes from outside has to satisfy. */
final class Ids {
  /** Meteor ids have 17 characters; senders may choose their own, so the bound is generous. */
  static final int MAX_LENGTH = 512;

  private Ids() {}

  static String checked(String value, String what) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          what + " must have at most " + MAX_LENGTH + " characters, not " + value.length());
    }
    return value;
  }
}
