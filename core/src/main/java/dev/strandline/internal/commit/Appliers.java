package dev.strandline.internal.commit;

import dev.strandline.ChangeSet;
import dev.strandline.model.RoomId;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.StoreWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The appliers of one transaction, one for each scope's room, in the order in which they came. */
final class Appliers {
  private record Key(Commits scope, RoomId room) {}

  private final Map<Key, Applier> appliers = new LinkedHashMap<>();
  private final StoreWriter writer;
  private final Merge merge;
  private final DeviceClock clock;

  Appliers(StoreWriter writer, Merge merge, DeviceClock clock) {
    this.writer = writer;
    this.merge = merge;
    this.clock = clock;
  }

  Applier of(Commits scope, RoomId room) {
    return appliers.computeIfAbsent(
        new Key(scope, room), key -> new Applier(writer, room, merge, clock));
  }

  /** What was done, scope by scope, and then what that has moved from other rooms. */
  List<ChangeSet> changes() {
    return Stream.concat(
            appliers.values().stream().map(Applier::changes),
            appliers.values().stream().flatMap(it -> it.changesElsewhere().stream()))
        .toList();
  }
}
