package dev.strandline;

import dev.strandline.model.Coverage;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.RoomCounts;
import dev.strandline.spi.ScopeRun;
import org.jspecify.annotations.Nullable;

/**
 * Where the synchronisation of a scope stands.
 *
 * @param scope the room or thread
 * @param updatedWatermark up to where the UPDATED feed, or the thread's feed, is settled; null
 *     where it was never read
 * @param deletedWatermark the same for the DELETED feed; null for a thread
 * @param newsAsOf a server time up to which every new message, reply and deletion is stored, as far
 *     as the server's directory tells; what it does not tell, edits, reactions and pins on older
 *     messages, is as of the coverage. Null for a thread, and where nothing is known
 * @param coverage what its rows are worth
 * @param counts how much is stored; for a thread its replies only
 * @param lastRun how the last run over it ended; null where there was none
 */
public record ScopeStatus(
    Scope scope,
    @Nullable ServerTime updatedWatermark,
    @Nullable ServerTime deletedWatermark,
    @Nullable ServerTime newsAsOf,
    Coverage coverage,
    RoomCounts counts,
    @Nullable ScopeRun lastRun) {}
