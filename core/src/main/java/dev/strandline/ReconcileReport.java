package dev.strandline;

import dev.strandline.model.MessageId;
import dev.strandline.model.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What comparing a room or a thread with the server found (R10, R11).
 *
 * @param run the run's number in the journal ({@link LocalJournal#run}); 0 for one that was ended
 *     before it began
 * @param scope the room or thread
 * @param outcome {@link Outcome#COMPLETE} where the comparison reached its end
 * @param repaired whether what differed was repaired, or only looked at
 * @param way how it was compared
 * @param whyWhole why it was read whole; null where it was not
 * @param unchecked what this way could not check
 * @param requests requests that left for the server
 * @param compared messages that the server showed or counted
 * @param missing messages that the server shows and that were not stored; of a repair, those too
 *     that came while it read
 * @param different messages that were stored in another content
 * @param surplus messages that were stored and that the server no longer shows
 * @param pending how many further differences are younger than the watermarks, so that an ordinary
 *     run brings them; always 0 for a repair
 * @param failure what went wrong; null where nothing did
 */
public record ReconcileReport(
    long run,
    Scope scope,
    Outcome outcome,
    boolean repaired,
    Way way,
    @Nullable WhyWhole whyWhole,
    Set<Unchecked> unchecked,
    int requests,
    long compared,
    List<MessageId> missing,
    List<MessageId> different,
    List<MessageId> surplus,
    long pending,
    @Nullable Failure failure) {
  public ReconcileReport {
    unchecked = Set.copyOf(unchecked);
    missing = List.copyOf(missing);
    different = List.copyOf(different);
    surplus = List.copyOf(surplus);
  }

  /** How a room was compared. */
  public enum Way {
    /** As many messages are shown as are stored, and all that are shown are stored. */
    COUNTED,
    /** Counted, and what was surplus found by halves. */
    SEARCHED,
    /** Every message was read. */
    WHOLE;

    /** The word in reports, such as {@code "counted"}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a way of comparing cannot check. */
  public enum Unchecked {
    /** Content that was changed without a new stamp. */
    CONTENT,
    /** Messages that were brought back with their old stamps while as many others were removed. */
    RESTORED,
    /** What is older than the part of the history that is stored. */
    OLDER_HISTORY;

    /** The word in reports, such as {@code "older-history"}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What cannot be checked by {@code way}. */
  public static Set<Unchecked> unchecked(Way way, boolean partialHistory) {
    if (way != Way.WHOLE) {
      return EnumSet.of(Unchecked.CONTENT, Unchecked.RESTORED);
    }
    return partialHistory ? EnumSet.of(Unchecked.OLDER_HISTORY) : EnumSet.noneOf(Unchecked.class);
  }

  /** One that says that nothing could be compared. For the engine. */
  public static ReconcileReport failed(
      ReconcileRequest request, int requests, @Nullable Failure failure) {
    return new ReconcileReport(
        0,
        request.scope(),
        Outcome.FAILED,
        !request.dryRun(),
        Way.WHOLE,
        null,
        Set.of(),
        requests,
        0,
        List.of(),
        List.of(),
        List.of(),
        0,
        failure);
  }

  /** Whether anything differed that an ordinary run would not have brought. */
  public boolean foundDifferences() {
    return !missing.isEmpty() || !different.isEmpty() || !surplus.isEmpty();
  }
}
