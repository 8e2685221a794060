package dev.strandline;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run did.
 *
 * @param run the run's number in the journal ({@link LocalJournal#run}), which says the same in
 *     more detail; 0 for one that was ended before it began
 * @param outcome {@link Outcome#COMPLETE} where every scope is, and where the directory was read
 *     without anything {@code unreadable} in it; {@link Outcome#FAILED} where nothing was gained
 *     anywhere and something failed
 * @param requests all requests of the run, those that belong to no scope included
 * @param routes the same by the server's route, such as {@code chat.syncMessages}, by name
 * @param routeBytes how many bytes the bodies of answers had after decompression, by route; answers
 *     that broke off or were refused count as far as they were read
 * @param scopes one report a scope, in the order of the plan: rooms, threads that were named, and
 *     threads that were found on the way
 * @param left how many rooms there was no place for, see {@link SyncRequest.Builder#atMost}
 * @param unreadable how many entries of the account's list of rooms are in quarantine, since they
 *     cannot be understood (R14): rooms may be missing here
 * @param stoppedBy what ended the run before its end; null where nothing did
 */
public record SyncReport(
    long run,
    Outcome outcome,
    int requests,
    Map<String, Integer> routes,
    Map<String, Long> routeBytes,
    List<ScopeReport> scopes,
    int left,
    long unreadable,
    @Nullable Failure stoppedBy) {

  public SyncReport {
    routes = Collections.unmodifiableMap(new TreeMap<>(routes));
    routeBytes = Collections.unmodifiableMap(new TreeMap<>(routeBytes));
    scopes = List.copyOf(scopes);
  }

  /** A run that {@code failure} ended before it began. */
  public static SyncReport failed(Failure failure) {
    return new SyncReport(0, Outcome.FAILED, 0, Map.of(), Map.of(), List.of(), 0, 0, failure);
  }

  /** How many bytes the bodies of all answers had after decompression. */
  public long bytes() {
    return routeBytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * This report, where the run came to its end.
   *
   * @throws dev.strandline.error.StrandlineException what ended the run before its end
   */
  public SyncReport orThrow() {
    if (stoppedBy != null) {
      throw stoppedBy.cause();
    }
    return this;
  }
}
