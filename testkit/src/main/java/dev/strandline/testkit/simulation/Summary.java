package dev.strandline.testkit.simulation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What playing many histories came to.
 *
 * @param histories how many were played
 * @param requests how many requests were sent in all
 * @param claims how many claims of completeness were held against the record
 * @param took how long it took
 * @param failure the failure of the lowest seed among those that failed; null where none did. When
 *     one has failed, no further history is begun
 */
public record Summary(
    long histories,
    long requests,
    long claims,
    Duration took,
    @Nullable SimulationFailure failure) {

  /** Returns how many histories were played in a second. */
  public double perSecond() {
    return histories * 1e9 / Math.max(1, took.toNanos());
  }

  @Override
  public String toString() {
    return "%d histories, %d requests, %d claims checked, %.0f histories a second"
        .formatted(histories, requests, claims, perSecond());
  }
}
