package dev.strandline.cli;

import dev.strandline.model.MessageId;

/** A message's id as a person gives it. */
final class GivenId {
  private GivenId() {}

  /**
   * The id.
   *
   * @param advice what to give instead where it cannot be one
   * @throws Problem where it cannot be one: it is empty or too long
   */
  static MessageId message(String given, String advice) {
    try {
      return new MessageId(given);
    } catch (IllegalArgumentException e) {
      throw Problem.usage(String.valueOf(e.getMessage()), advice);
    }
  }
}
