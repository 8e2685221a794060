package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.Explanation;
import dev.strandline.Explanation.Verdict;
import dev.strandline.History;
import dev.strandline.RunDiff;
import dev.strandline.RunDiff.Changed;
import dev.strandline.SyncReport;
import dev.strandline.journal.JournalLimits;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.Purpose;
import dev.strandline.journal.Question;
import dev.strandline.journal.Trace;
import dev.strandline.model.Coverage;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.testkit.server.PruneRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Why a message is here, or is not, told by a real run's journal: one kind of message each. */
class ExplainTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Harness harness = new Harness();
  private final RoomId room = harness.room("harbour");

  @AfterEach
  void stop() {
    harness.close();
  }

  private Explanation explain(String id) {
    return harness.local().explain(new MessageId(id));
  }

  private static PageEntry page(@Nullable Trace trace) {
    assertThat(trace).isNotNull();
    assertThat(trace.isPruned()).isFalse();
    assertThat(trace.run()).isNotNull();
    assertThat(trace.page()).isNotNull();
    return trace.page();
  }

  @Test
  void aMessageThatIsHereIsTracedToThePageThatBroughtIt() {
    List<String> ids = harness.post(room, 30);
    harness.pass(HOUR);
    SyncReport first = harness.with(options -> options.pageSize(10)).sync(room);

    Explanation newest = explain(ids.get(29));
    assertThat(newest.verdict()).isEqualTo(Verdict.LIVE);
    assertThat(newest.room()).isEqualTo(room);
    assertThat(page(newest.added()).purpose()).isEqualTo(Purpose.ANCHOR);
    assertThat(newest.added().run().number()).isEqualTo(first.run());
    assertThat(newest.added().pass().scope()).isEqualTo(Scope.room(room));
    assertThat(newest.written()).isEqualTo(newest.added());
    Explanation old = explain(ids.get(3));
    assertThat(page(old.added()).purpose()).isEqualTo(Purpose.HISTORY);
    assertThat(page(old.added()).question().what()).isEqualTo(Question.What.HISTORY);
    assertThat(old.places()).isEmpty();
  }

  @Test
  void aMessageThatWasEditedIsTracedToBothPages() {
    String id = harness.post(room, "first");
    harness.pass(HOUR);
    SyncReport first = harness.sync(room);
    harness.edit(id, "second");
    harness.pass(HOUR);
    SyncReport second = harness.sync(room);

    Explanation edited = explain(id);
    assertThat(page(edited.added()).run()).isEqualTo(first.run());
    assertThat(page(edited.written()).run()).isEqualTo(second.run());
    assertThat(page(edited.written()).purpose()).isEqualTo(Purpose.CATCH_UP);
    assertThat(page(edited.written()).counts().changed()).isEqualTo(1);
  }

  @Test
  void aMessageThatTheServerDeletedIsTracedToThePageThatRemovedIt() {
    String id = harness.post(room, "soon gone");
    harness.post(room, 3);
    harness.pass(HOUR);
    SyncReport first = harness.sync(room);
    harness.delete(id);
    harness.pass(HOUR);
    SyncReport second = harness.sync(room);

    Explanation gone = explain(id);
    assertThat(gone.verdict()).isEqualTo(Verdict.DELETED);
    assertThat(page(gone.added()).run()).isEqualTo(first.run());
    assertThat(page(gone.removed()).run()).isEqualTo(second.run());
    assertThat(page(gone.removed()).counts().removed()).isEqualTo(1);
    assertThat(gone.buried()).isEqualTo(gone.removed());
    assertThat(gone.written()).isNull();
  }

  @Test
  void aMessageThatWasDeletedBeforeItCouldBeStoredSaysSo() {
    harness.post(room, 3);
    harness.pass(HOUR);
    harness.sync(room);
    String id = harness.post(room, "never seen");
    harness.delete(id);
    harness.pass(HOUR);
    harness.sync(room);

    Explanation gone = explain(id);
    assertThat(gone.verdict()).isEqualTo(Verdict.DELETED);
    assertThat(gone.added()).isNull();
    assertThat(gone.removed()).isNull();
    assertThat(page(gone.buried()).counts().tombstones()).isEqualTo(1);
  }

  @Test
  void r13_aHiddenReplyIsTracedToItsThread() {
    String root = harness.post(room, "root");
    String reply = harness.workspace.messages().reply(root, harness.bob, "reply");
    harness.pass(HOUR);
    harness.sync(room);
    harness.sync(new MessageId(root));
    harness.workspace.settings().keepHistory(true);
    harness.delete(reply);
    harness.sync(new MessageId(root));

    Explanation hidden = explain(reply);
    assertThat(hidden.verdict()).isEqualTo(Verdict.HIDDEN);
    assertThat(page(hidden.removed()).purpose()).isEqualTo(Purpose.THREAD);
    assertThat(hidden.removed().pass().scope()).isEqualTo(Scope.thread(new MessageId(root)));
  }

  @Test
  void r11_aMessageThatNobodySawGoIsTracedToTheReconcileThatDidNotFindIt() {
    List<String> ids = harness.post(room, 5);
    harness.pass(HOUR);
    harness.sync(room);
    harness.workspace.removals().hide(ids.get(2));
    long run = harness.engine.reconcile(room).run();

    Explanation missed = explain(ids.get(2));
    assertThat(missed.verdict()).isEqualTo(Verdict.NOT_FOUND);
    assertThat(page(missed.removed()).run()).isEqualTo(run);
    assertThat(page(missed.removed()).purpose()).isEqualTo(Purpose.CONCLUDE);
    assertThat(page(missed.removed()).question()).isNull();
  }

  @Test
  void r14_aMessageThatCouldNotBeUnderstoodIsTracedToItsPage() {
    String good = harness.post(room, "good");
    harness.pass(HOUR);
    harness.sync(room);
    put("odd", "yesterday");
    put(good, "never");
    harness.pass(HOUR);
    SyncReport report = harness.sync(room);

    Explanation odd = explain("odd");
    assertThat(odd.verdict()).isEqualTo(Verdict.QUARANTINED);
    assertThat(odd.quarantine()).hasSize(1);
    assertThat(page(odd.quarantine().get(0).by()).run()).isEqualTo(report.run());
    assertThat(odd.quarantine().get(0).entry().reason()).contains("ts");
    Explanation stays = explain(good);
    assertThat(stays.verdict()).isEqualTo(Verdict.LIVE);
    assertThat(stays.quarantine()).hasSize(1);
  }

  private void put(String id, String sentAt) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("_id", id).put("rid", room.value()).put("msg", "odd").put("ts", sentAt);
    document.putObject("u").put("_id", harness.bob.id()).put("username", "bob");
    Instant now = harness.serverNow();
    document.put("_updatedAt", now.toString());
    harness.workspace.raw().putMessage(document, now, now);
    harness.workspace.clock().advance(Duration.ofMillis(1));
  }

  @Test
  void r9_aMessageOfTheUnreadPastWouldHaveToBeOlderThanWhatIsComplete() {
    List<String> ids = harness.post(room, 30);
    harness.pass(HOUR);
    harness.with(options -> options.pageSize(10).history(History.latest(10))).sync(room);

    Explanation older = explain(ids.get(0));
    assertThat(older.verdict()).isEqualTo(Verdict.NOT_STORED);
    assertThat(older.places()).hasSize(1);
    assertThat(older.places().get(0).coverage())
        .isInstanceOfSatisfying(
            Coverage.Incomplete.class, coverage -> assertThat(coverage.from()).isNotNull());
  }

  @Test
  void r9_aMessageThatNeverWasIsNowhereUntilThen() {
    harness.post(room, 3);
    harness.pass(HOUR);
    harness.sync(room);

    Explanation never = explain("neverWasThere");
    assertThat(never.verdict()).isEqualTo(Verdict.NOT_STORED);
    assertThat(never.room()).isNull();
    assertThat(never.places())
        .singleElement()
        .satisfies(place -> assertThat(place.coverage()).isInstanceOf(Coverage.Complete.class));
  }

  @Test
  void theRootOfAStoredReplyIsSoughtInItsRoomOnly() {
    harness.room("elsewhere", 2);
    String root = harness.post(room, "root");
    harness.pass(HOUR);
    harness.post(room, 20);
    harness.workspace.messages().reply(root, harness.bob, "reply");
    harness
        .with(
            options ->
                options
                    .pageSize(3)
                    .history(History.latest(1))
                    .threads(dev.strandline.ThreadMode.NONE))
        .syncEverything();
    // The reply wrote the root, which is the newest change: without that it would not be here.
    harness.store.write(
        writer -> {
          writer.removeMessage(new MessageId(root));
          return root;
        });

    Explanation unknown = explain(root);
    assertThat(unknown.verdict()).isEqualTo(Verdict.NOT_STORED);
    assertThat(unknown.hasReplies()).isTrue();
    assertThat(unknown.room()).isEqualTo(room);
    assertThat(unknown.places()).hasSize(1);
  }

  @Test
  void whatWasLetGoOfIsCountedWhereItCouldHaveBeen() {
    String root = harness.post(room, "root");
    String reply = harness.workspace.messages().reply(root, harness.bob, "reply");
    harness.pass(HOUR);
    harness.post(room, 20);
    harness.pass(HOUR);
    harness.with(options -> options.pageSize(5).history(History.latest(5))).sync(room);
    harness.sync(new MessageId(root));
    assertThat(harness.has(reply)).isTrue();
    harness.engine.reconcile(room);

    Explanation letGo = explain(reply);
    assertThat(letGo.verdict()).isEqualTo(Verdict.NOT_STORED);
    assertThat(letGo.places().get(0).letGo()).isPositive();
  }

  @Test
  void aMessageThatIsOlderThanTheJournalSaysSo() {
    harness.with(options -> options.journal(new JournalLimits(100, Duration.ofDays(1))));
    String id = harness.post(room, "long ago");
    harness.pass(HOUR);
    harness.sync(room);
    harness.pass(Duration.ofDays(3));
    harness.sync(room);

    Explanation old = explain(id);
    assertThat(old.verdict()).isEqualTo(Verdict.LIVE);
    assertThat(old.added().isPruned()).isTrue();
    assertThat(old.added().number()).isPositive();
  }

  @Test
  void aMessageThatWasDeletedAndIsThereAgainSaysBoth() {
    String id = harness.post(room, "phoenix");
    harness.pass(HOUR);
    harness.sync(room);
    harness.delete(id);
    harness.pass(HOUR);
    harness.sync(room);
    harness.workspace.removals().recreate(id);
    harness.pass(HOUR);
    SyncReport third = harness.sync(room);

    Explanation again = explain(id);
    assertThat(again.verdict()).isEqualTo(Verdict.LIVE);
    assertThat(again.tombstone()).isNotNull();
    assertThat(page(again.added()).run()).isEqualTo(third.run());
    assertThat(page(again.buried()).run()).isLessThan(third.run());
  }

  @Test
  void theDifferenceOfTwoRunsIsWhatIsStoredOtherwise() {
    List<String> ids = harness.post(room, 6);
    harness.pass(HOUR);
    long first = harness.sync(room).run();
    harness.edit(ids.get(0), "edited");
    harness.delete(ids.get(1));
    String added = harness.post(room, "added");
    harness.pass(HOUR);
    long second = harness.sync(room).run();
    harness.edit(ids.get(2), "edited later");
    harness.edit(added, "edited later");
    harness.delete(ids.get(3));
    String brief = harness.post(room, "brief");
    harness.pass(HOUR);
    long third = harness.sync(room).run();
    harness.delete(brief);
    harness.pass(HOUR);
    long fourth = harness.sync(room).run();

    RunDiff whole = diff(first, fourth);
    assertThat(names(whole.added())).containsExactly(added);
    assertThat(names(whole.changed())).containsExactlyInAnyOrder(ids.get(0), ids.get(2));
    assertThat(names(whole.removed())).containsExactlyInAnyOrder(ids.get(1), ids.get(3));
    assertThat(whole.unsure()).isEmpty();
    RunDiff early = diff(first, second);
    assertThat(names(early.added())).containsExactly(added);
    assertThat(names(early.changed())).containsExactly(ids.get(0));
    assertThat(names(early.removed())).containsExactly(ids.get(1));
    assertThat(names(early.unsure())).containsExactlyInAnyOrder(ids.get(2), ids.get(3));
    assertThat(names(diff(second, third).added())).containsExactly(brief);
    assertThat(diff(third, fourth).removed())
        .containsExactly(new Changed(new MessageId(brief), room));
    assertThat(diff(0, fourth).added()).hasSize(5);
    assertThat(harness.local().journal().diff(first, fourth + 1)).isEmpty();
  }

  @Test
  void whatComesAndGoesInOneDifferenceIsNone() {
    harness.post(room, 2);
    harness.pass(HOUR);
    long first = harness.sync(room).run();
    List<String> many = harness.post(room, 3);
    harness.pass(HOUR);
    harness.sync(room);
    harness.workspace.removals().prune(room.value(), PruneRange.all());
    harness.pass(HOUR);
    long last = harness.sync(room).run();

    RunDiff diff = diff(first, last);
    assertThat(diff.added()).isEmpty();
    assertThat(names(diff.removed())).hasSize(2).doesNotContainAnyElementsOf(many);
  }

  private RunDiff diff(long from, long to) {
    return harness.local().journal().diff(from, to).orElseThrow();
  }

  private static List<String> names(List<Changed> changes) {
    return changes.stream().map(change -> change.id().value()).toList();
  }
}
