package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.ChangeSet;
import dev.strandline.Progress;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.testkit.server.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What listeners hear is what has happened to the rows. */
class ListeningTest {
  private final Harness harness = new Harness();
  private final RoomId room = harness.room("harbour");
  private final Map<MessageId, String> mirror = new TreeMap<>(this::compare);

  @AfterEach
  void stop() {
    harness.close();
  }

  private int compare(MessageId a, MessageId b) {
    return a.value().compareTo(b.value());
  }

  /** Follows the changes and nothing else, and checks that each is what it says. */
  private void follow(ChangeSet changes) {
    for (MessageId id : changes.added()) {
      assertThat(mirror.put(id, json(id))).as("added %s", id).isNull();
    }
    for (MessageId id : changes.changed()) {
      String json = json(id);
      assertThat(mirror.put(id, json)).as("changed %s", id).isNotNull().isNotEqualTo(json);
    }
    for (MessageId id : changes.removed()) {
      assertThat(harness.local().message(id).message()).isNull();
      assertThat(mirror.remove(id)).as("removed %s", id).isNotNull();
    }
  }

  private String json(MessageId id) {
    Message message = harness.local().message(id).message();
    assertThat(message).as("what is told can be read at once").isNotNull();
    return message.json();
  }

  private List<String> rows() {
    return harness.stored(room).stream().sorted().toList();
  }

  @Test
  void aListenerSeesExactlyTheChanges() {
    List<Throwable> surprises = new ArrayList<>();
    harness.with(options -> options.pageSize(7));
    harness.engine.onChange(
        changes -> {
          try {
            follow(changes);
          } catch (Throwable surprise) {
            surprises.add(surprise);
          }
        });
    List<String> ids = harness.post(room, 40);
    harness.sync(room);
    harness.pass(Duration.ofHours(1));
    harness.edit(ids.get(1), "edited");
    harness.delete(ids.get(2));
    String brief = harness.post(room, "gone before anybody looked");
    harness.delete(brief);
    harness.sync(room);
    harness.pass(Duration.ofDays(3));
    harness.post(room, 20);
    ids.subList(10, 20).forEach(harness::delete);
    harness.sync(room);
    harness.workspace.removals().expire(ids.get(30));
    harness.workspace.removals().restoreFromTrash(ids.get(12));
    harness.engine.reconcile(room);
    harness.pass(Duration.ofDays(31));
    harness.workspace.removals().expire(ids.get(31));
    harness.sync(room);

    assertThat(surprises).isEmpty();
    assertThat(mirror.values().stream().sorted().toList()).isEqualTo(rows());
    harness.assertEqualsServer(room);
  }

  @Test
  void aQuietRunTellsNothing() {
    harness.post(room, 10);
    harness.sync(room);
    List<ChangeSet> heard = new ArrayList<>();
    Runnable stop = harness.engine.onChange(heard::add);
    harness.sync(room);
    assertThat(heard).isEmpty();
    stop.run();
    harness.post(room, 1);
    harness.sync(room);
    assertThat(heard).isEmpty();
  }

  @Test
  void whatAListenerThrowsIsItsOwnAffair() {
    harness.post(room, 10);
    harness.engine.onChange(
        changes -> {
          throw new IllegalStateException("a listener of little patience");
        });
    harness.sync(room);

    harness.assertEqualsServer(room);
  }

  @Test
  void aRunThatIsStartedByAListenerIsRefused() {
    harness.post(room, 10);
    List<RuntimeException> refusals = new ArrayList<>();
    harness.engine.onChange(
        changes -> {
          for (Runnable run :
              List.<Runnable>of(
                  () -> harness.engine.syncRoom(room),
                  () -> harness.engine.reconcile(room),
                  () -> harness.engine.compare(room))) {
            try {
              run.run();
            } catch (RuntimeException e) {
              refusals.add(e);
            }
          }
        });
    harness.sync(room);

    assertThat(refusals)
        .hasSize(3)
        .allSatisfy(
            e ->
                assertThat(e)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("listener"));
    harness.assertEqualsServer(room);
  }

  @Test
  void progressTellsThePlanTheWorkTheWaitsAndTheEnd() {
    harness.post(room, 25);
    harness.pass(Duration.ofHours(1));
    List<Progress> heard = new ArrayList<>();
    harness.with(options -> options.pageSize(10));
    harness.engine.onProgress(heard::add);
    harness.server.faults().next("chat.syncMessages", Fault.status(503));
    harness.sync(room);

    assertThat(heard.get(0)).isEqualTo(new Progress.Planned(1));
    assertThat(heard).filteredOn(Progress.Waiting.class::isInstance).hasSize(1);
    assertThat(heard)
        .filteredOn(Progress.Applied.class::isInstance)
        .extracting(progress -> ((Progress.Applied) progress).activity())
        .containsSubsequence(
            Progress.Activity.BACKFILLING,
            Progress.Activity.CATCHING_UP,
            Progress.Activity.BACKFILLING,
            Progress.Activity.CATCHING_UP);
    assertThat(heard.get(heard.size() - 1)).isInstanceOf(Progress.Finished.class);
  }
}
