package dev.strandline.testkit.simulation;

import dev.strandline.testkit.server.ServerForm;
import java.util.Set;

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
 * @param draws what this history draws besides
 * @param largestPage how many messages the client asks for at most; zero for its default
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
    boolean listings,
    Set<Draw> draws,
    int largestPage) {

  /** Copies the draws. */
  public Surroundings {
    draws = Set.copyOf(draws);
  }

  /** Without any further draw. */
  public Surroundings(
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
    this(rooms, clocks, late, lookback, unit, form, dates, slow, open, listings, Set.of(), 0);
  }

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

  boolean has(Draw draw) {
    return draws.contains(draw);
  }

  /**
   * Whether an exemption ends once what it was for is over; in histories without draws none does.
   */
  boolean exemptionsEnd() {
    return !draws.isEmpty();
  }
}
