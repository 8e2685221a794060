package dev.strandline.cli.inspect;

import dev.strandline.cli.text.JsonObject;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.spi.FeedPosition;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomCounts;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.StoreReader;
import org.jspecify.annotations.Nullable;

/** Everything that is stored about one room beside its messages. */
final class RoomDetail {
  private final StoreReader reader;

  RoomDetail(StoreReader reader) {
    this.reader = reader;
  }

  /** Positions and documents. */
  JsonObject about(RoomId id) {
    Room room =
        reader
            .room(id)
            .orElseThrow(() -> Refusal.notFound("The database knows no room " + id + "."));
    return new JsonObject()
        .put("subscriptionId", room.subscriptionId())
        .putNumber("updatedAt", Words.millis(room.updatedAt()))
        .put("state", state(reader.roomState(id).orElse(null)))
        .put("roomJson", room.roomJson())
        .put("subscriptionJson", room.subscriptionJson());
  }

  /** How much is stored. The cost grows with the room. */
  JsonObject counts(RoomId id) {
    RoomCounts counts = reader.counts(id);
    return new JsonObject()
        .put("messages", counts.messages())
        .put("threads", counts.threads())
        .put("tombstones", counts.tombstones())
        .put("quarantined", counts.quarantined())
        .put("inQuestion", counts.inQuestion());
  }

  private static @Nullable JsonObject state(@Nullable RoomState state) {
    if (state == null) {
      return null;
    }
    RoomState.Claim claim = state.claim();
    RoomState.Reconciling reading = state.reconciling();
    return new JsonObject()
        .put("anchor", state.anchor().epochMilli())
        .put("updated", position(state.updated()))
        .put("deleted", position(state.deleted()))
        .put("history", reach(state.history()))
        .put(
            "claim",
            claim == null
                ? null
                : reach(claim.history())
                    .put("asOf", claim.asOf().epochMilli())
                    .putNumber("toldDate", Words.millis(claim.told().date()))
                    .put("toldStamp", claim.told().stamp().epochMilli()))
        .put(
            "reconciling",
            reading == null
                ? null
                : new JsonObject()
                    .put("startedAt", reading.startedAt().epochMilli())
                    .put("floor", reading.floor().epochMilli()));
  }

  static JsonObject position(FeedPosition position) {
    return new JsonObject()
        .put("settled", position.settled().epochMilli())
        .put("seen", position.seen().epochMilli());
  }

  private static JsonObject reach(Reach reach) {
    return new JsonObject()
        .putNumber("floor", Words.millis(reach.floor()))
        .put("toBeginning", reach.toBeginning());
  }
}
