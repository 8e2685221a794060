package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.Cancellation;
import dev.strandline.Outcome;
import dev.strandline.ReconcileRequest;
import dev.strandline.SyncRequest;
import dev.strandline.error.StoreFailedException;
import dev.strandline.error.UnreachableException;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.Transport.DirectoryAnswer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the directory has not said is not taken for "no news" (R9), and what it costs (R15). */
class DirectoryDoubtsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);
  private final Engine engine = device.engine();

  @BeforeEach
  void follow() {
    server.confirmed = true;
    server.subscriptions = since -> server.directory(Workspace.ROOM);
    workspace.post("a");
    device.pass(Duration.ofHours(1));
    changes();
    assertThat(told()).isNotNull();
  }

  private Outcome changes() {
    server.log.clear();
    return engine.sync(SyncRequest.changes(), new Cancellation()).outcome();
  }

  private DirectoryState directory() {
    return device.rows.read(reader -> reader.directory());
  }

  private ServerTime told() {
    return directory().newsAsOf();
  }

  @Test
  void r15_theDirectoryIsReadFromWhereItWasAlsoWhereTheServerWasMetBefore() {
    device.pass(MINUTE);
    changes();
    assertThat(server.log).first().asString().startsWith("subscriptions since 2");
  }

  @Test
  void r10_theDirectoryIsReadWholeWhereTheDeviceSleepsBetweenItsLists() {
    server.rooms =
        since -> {
          DirectoryAnswer answer = server.directory(Workspace.ROOM);
          workspace.pass(since == null ? Duration.ZERO : Duration.ofDays(31));
          return answer;
        };
    device.pass(MINUTE);
    changes(); // so that there is a list of rooms to go on from
    device.pass(MINUTE);
    changes();
    assertThat(server.log).contains("subscriptions since null");
  }

  @Test
  void r9_anEmptyListThatProvesNoDepartureProvesNoSilence() {
    device.rows.write(
        writer -> {
          writer.putDirectory(DirectoryState.UNREAD);
          return writer;
        });
    server.subscriptions = since -> server.directory();
    device.pass(MINUTE);
    changes();
    assertThat(told()).isNull();
    assertThat(directory().subscriptions()).isNull();
    server.subscriptions = since -> server.directory(Workspace.ROOM);
    changes();
    assertThat(told()).isNotNull();
  }

  @Test
  void r14_whatCannotBeReadIsAskedForAgainAndIsNoSilence() {
    DirectoryState before = directory();
    server.subscriptions =
        since -> {
          DirectoryAnswer readable = server.directory(Workspace.ROOM);
          return new DirectoryAnswer(
              readable.askedAt(),
              readable.entries(),
              List.of(),
              List.of(new Unreadable(null, "{\"rid\":7}", "its rid is not text")));
        };
    device.pass(MINUTE);
    changes();
    assertThat(told()).isNull();
    assertThat(directory().subscriptions()).isEqualTo(before.subscriptions());
  }

  @Test
  void aReplacedWorkspaceIsMetAgainWhereItCouldNotBeWrittenDown() {
    boolean[] full = {false};
    Engine engine = device.engine(new FailingStore(device.rows, () -> full[0]));
    server.identity = "second";
    assertThatThrownBy(
            () -> {
              server.beforeFacts = () -> full[0] = true;
              engine.sync(SyncRequest.changes(), new Cancellation());
            })
        .isInstanceOf(StoreFailedException.class);
    server.beforeFacts = () -> {};
    full[0] = false;
    device.pass(MINUTE);
    engine.sync(SyncRequest.changes(), new Cancellation());
    assertThat(device.rows.read(reader -> reader.owner()).orElseThrow().serverId())
        .isEqualTo("second");
  }

  @Test
  void aServerThatFailedAReconcileIsMetAnew() {
    server.before =
        query -> {
          throw new UnreachableException("it is down", null);
        };
    assertThat(
            engine.reconcile(ReconcileRequest.room(Workspace.ROOM), new Cancellation()).failure())
        .isNotNull();
    server.before = query -> {};
    server.identity = "second";
    device.pass(MINUTE);
    changes();
    assertThat(device.rows.read(reader -> reader.owner()).orElseThrow().serverId())
        .isEqualTo("second");
  }
}
