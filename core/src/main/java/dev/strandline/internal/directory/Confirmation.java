package dev.strandline.internal.directory;

import dev.strandline.model.Membership;
import dev.strandline.spi.DirectoryEntry;
import org.jspecify.annotations.Nullable;

/**
 * What a whole list of subscriptions tells of the caller's place in one room (R12).
 *
 * @param membership {@link Membership#UNKNOWN} where the list proves nothing
 * @param subscription the caller's subscription; null where none is listed
 */
public record Confirmation(Membership membership, @Nullable DirectoryEntry subscription) {}
