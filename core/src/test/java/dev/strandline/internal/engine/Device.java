package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Cancellation;
import dev.strandline.LocalCopy;
import dev.strandline.ReconcileReport;
import dev.strandline.ReconcileRequest;
import dev.strandline.RetryPolicy;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.internal.call.TestClock;
import dev.strandline.internal.commit.Listeners;
import dev.strandline.internal.read.Coverages;
import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.model.Scope;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Store;
import dev.strandline.spi.Transport;
import dev.strandline.spi.Workers;
import dev.strandline.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A device that keeps a copy of a {@link ScriptedServer}, and starts its process for each run. */
final class Device {
  final MemoryStore rows = new MemoryStore();
  final TestClock clock = new TestClock();
  private final ScriptedServer server;

  /** One room at a time, so that nothing depends on which of two threads asks first. */
  private SyncOptions options = SyncOptions.builder().retry(RetryPolicy.never()).lanes(1).build();

  Device(ScriptedServer server) {
    this.server = server;
  }

  void configure(UnaryOperator<SyncOptions.Builder> change) {
    options = change.apply(options.toBuilder()).build();
  }

  SyncOptions options() {
    return options;
  }

  Engine engine() {
    return engine(rows);
  }

  Engine engine(Store store) {
    return engine(store, server);
  }

  /** An engine that asks {@code transport} in the server's place. */
  Engine engine(Transport transport) {
    return engine(rows, transport);
  }

  private Engine engine(Store store, Transport transport) {
    return new Engine(
        store,
        transport,
        options,
        new Surroundings(clock, Workers.shared(), new Random(1), new Listeners()));
  }

  SyncReport sync() {
    return sync(SyncRequest.room(Workspace.ROOM));
  }

  SyncReport syncThread(String root) {
    return sync(SyncRequest.thread(new MessageId(root)));
  }

  SyncReport sync(SyncRequest request) {
    server.log.clear();
    return engine().sync(request, new Cancellation());
  }

  ReconcileReport reconcile() {
    server.log.clear();
    return reconcile(ReconcileRequest.room(Workspace.ROOM));
  }

  ReconcileReport reconcile(ReconcileRequest request) {
    return engine().reconcile(request, new Cancellation());
  }

  /** Takes note of the room's kind, as the directory tells it. */
  void learnType(RoomType type) {
    rows.write(
        writer -> {
          writer.putRoom(Room.builder(Workspace.ROOM).type(type).build());
          return type;
        });
  }

  /** Lets time pass for the server and the device alike. */
  void pass(Duration duration) {
    server.workspace().pass(duration);
    clock.advance(duration);
  }

  Set<String> stored() {
    Set<String> ids = new TreeSet<>();
    LocalCopy.of(rows)
        .forEachMessage(Scope.room(Workspace.ROOM), message -> ids.add(message.id().value()));
    return ids;
  }

  Optional<Message> message(String id) {
    return rows.read(reader -> reader.message(new MessageId(id)));
  }

  Optional<Room> room(RoomId id) {
    return rows.read(reader -> reader.room(id));
  }

  List<Quarantined> quarantine() {
    return rows.read(reader -> reader.quarantine(Workspace.ROOM, 10));
  }

  Optional<RoomState> state() {
    return rows.read(reader -> reader.roomState(Workspace.ROOM));
  }

  Coverage coverage() {
    return rows.read(reader -> Coverages.ofRoom(reader, Workspace.ROOM));
  }

  /** Whether nothing is missing in the room, and nothing is there that the server has not. */
  void assertEqualsTheServer() {
    assertThat(stored()).as("%s, %s", coverage(), state()).isEqualTo(server.workspace().shown());
  }
}
