package dev.strandline.cli;

import dev.strandline.LocalCopy;
import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.spi.StoreOwner;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whose a database is, as commands print it. */
final class Owners {
  private Owners() {}

  static String line(Path database, LocalCopy local) {
    return local
        .owner()
        .map(owner -> database + " belongs to " + Harmless.line(owner.inWords()) + ".")
        .orElse(database + " belongs to no server yet: the first sync binds it.");
  }

  /** Null for nobody. */
  static @Nullable JsonObject json(@Nullable StoreOwner owner) {
    return owner == null
        ? null
        : new JsonObject()
            .put("server", owner.server())
            .put("userId", owner.userId())
            .put("workspaceId", owner.serverId());
  }
}
