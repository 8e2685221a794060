package dev.strandline.spi;

import org.jspecify.annotations.Nullable;

/**
 * Whose messages a store holds.
 *
 * @param account {@link Transport#account()} of the transport that filled it
 * @param serverId the workspace's identity where the server tells it (R10: a workspace that was
 *     replaced is another one)
 */
public record StoreOwner(String account, @Nullable String serverId) {}
