package dev.strandline.spi;

import dev.strandline.model.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the last run over a scope ended: for people and for {@code status}, never for a decision.
 *
 * @param scope the room or thread
 * @param finishedAt by the device's clock
 * @param outcome {@code "complete"}, {@code "partial"} or {@code "failed"}
 * @param requests how many requests it took
 * @param errorKind what went wrong, as {@code StrandlineException.kind()}; null where nothing did
 * @param errorMessage the same for people
 * @param lastCompleteAt when a run over this scope last was complete, by the device's clock
 */
public record ScopeRun(
    Scope scope,
    Instant finishedAt,
    String outcome,
    int requests,
    @Nullable String errorKind,
    @Nullable String errorMessage,
    @Nullable Instant lastCompleteAt) {}
