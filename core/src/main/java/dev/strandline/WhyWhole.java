package dev.strandline;

import java.util.Locale;

/** Why a room was read whole where counting its messages might have done. */
public enum WhyWhole {
  /** It was asked for. */
  ASKED_FOR("it was asked for"),
  /** More than removals may have been missed. */
  IN_DOUBT("more than removals may have been missed"),
  /** A whole reading that had broken off had to be gone on with. */
  UNDER_WAY("a whole reading was under way"),
  /** Only a part of the room's history is stored, so totals cannot be compared. */
  PARTIAL_HISTORY("only a part of its history is stored"),
  /** It needed no more requests than counting. */
  FEWER_REQUESTS("it takes fewer requests"),
  /** Answers have no usable date. */
  NO_SERVER_TIME("the server does not tell its time"),
  /** The server has no listing for this kind of room, or refuses it. */
  NO_LISTING("the server has no listing of it"),
  /** The listing could not be read. */
  LISTING_FAILED("its listing could not be read"),
  /** The listing is not in the order that was asked for, or that could not be shown. */
  NOT_IN_ORDER("its listing is not in the order asked for"),
  /** Messages came or went while they were counted. */
  NOT_STILL("it did not keep still"),
  /** Messages were deleted so lately that the server may still list them. */
  DELETIONS_UNDER_WAY("deletions are under way"),
  /** Entries in quarantine cannot be told apart from what is listed. */
  UNREADABLE("some of its messages cannot be understood"),
  /** The listing shows messages that the feeds did not. */
  SHOWS_MORE("its listing shows messages that are not stored");

  private final String text;

  WhyWhole(String text) {
    this.text = text;
  }

  /** The word in reports, such as {@code "partial-history"}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For people: goes on after "The room was read whole, since". */
  public String text() {
    return text;
  }
}
