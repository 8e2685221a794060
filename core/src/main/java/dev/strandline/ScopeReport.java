package dev.strandline;

import dev.strandline.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What a run did in one scope.
 *
 * @param scope the room or thread
 * @param requests requests that left for the server, repeated ones included
 * @param upserts messages that were added or replaced by another content
 * @param tombstones messages that were newly found to be gone
 * @param unchanged messages that were read and found to be stored already
 * @param quarantined entries that could not be understood and are new in quarantine (R14)
 * @param failure what went wrong; null where nothing did
 */
public record ScopeReport(
    Scope scope,
    Outcome outcome,
    int requests,
    long upserts,
    long tombstones,
    long unchanged,
    long quarantined,
    @Nullable Failure failure) {}
