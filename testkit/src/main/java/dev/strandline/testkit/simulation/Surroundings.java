package dev.strandline.testkit.simulation;

import dev.strandline.testkit.server.ServerForm;

/**
 * What stays the same throughout a history.
 *
 * @param rooms how many rooms there are
 * @param clocks by how many milliseconds the clocks of the server's processes are off at most
 * @param late how many milliseconds a write takes to become visible at most
 * @param lookback the client's lookback in milliseconds; covers both of them
 * @param unit how long a short pause is, in milliseconds
 * @param form the generation of the server
 * @param dates how right the server's dates are
 * @param slow an uncut answer of more rows than this takes too long; zero where none does
 * @param open whether rooms can be read by who is not a member
 * @param listings whether rooms have listings, by which they can be counted
 */
public record Surroundings(
    int rooms,
    int clocks,
    int late,
    int lookback,
    int unit,
    ServerForm form,
    Dates dates,
    int slow,
    boolean open,
    boolean listings) {

  /** Rooms for members only, without listings. */
  public Surroundings(
      int rooms,
      int clocks,
      int late,
      int lookback,
      int unit,
      ServerForm form,
      Dates dates,
      int slow) {
    this(rooms, clocks, late, lookback, unit, form, dates, slow, false, false);
  }
}
