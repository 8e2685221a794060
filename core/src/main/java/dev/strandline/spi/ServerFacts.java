package dev.strandline.spi;

import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/**
 * What a workspace says of itself in its public settings. A setting that the server does not show
 * is null: unknown, not off.
 *
 * @param askedAt see {@link FeedAnswer#askedAt()}
 * @param confirmed see {@link FeedAnswer#confirmed()}
 * @param uniqueId the workspace's identity ({@code uniqueID})
 * @param keepsHistory whether deleted and edited messages stay as hidden ones ({@code
 *     Message_KeepHistory})
 * @param showsDeletedStatus whether deleted messages stay as placeholders ({@code
 *     Message_ShowDeletedStatus})
 * @param threadsEnabled whether threads are switched on ({@code Threads_enabled})
 */
public record ServerFacts(
    @Nullable ServerTime askedAt,
    boolean confirmed,
    @Nullable String uniqueId,
    @Nullable Boolean keepsHistory,
    @Nullable Boolean showsDeletedStatus,
    @Nullable Boolean threadsEnabled) {

  /** Whether a deletion leaves no trace in any feed with these settings (R11, facts 4). */
  public boolean hidesDeletions() {
    return Boolean.TRUE.equals(keepsHistory) && !Boolean.TRUE.equals(showsDeletedStatus);
  }
}
