package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.History;
import dev.strandline.ReconcileReport;
import dev.strandline.ReconcileReport.Unchecked;
import dev.strandline.ReconcileReport.Way;
import dev.strandline.ReconcileRequest;
import dev.strandline.SyncRequest;
import dev.strandline.WhyWhole;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.RateLimitedException;
import dev.strandline.error.ServerErrorException;
import dev.strandline.error.StrandlineException;
import dev.strandline.error.UnreachableException;
import dev.strandline.model.Coverage;
import dev.strandline.model.Membership;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R10 and R11: what only removals can have changed is settled by counting. */
class AuditTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  @BeforeEach
  void aBigRoom() {
    server.confirmed = true;
    device.configure(options -> options.pageSize(20));
    workspace.posts("m", 1_000, Duration.ofMillis(100));
    device.pass(HOUR);
    device.learnType(RoomType.CHANNEL);
    device.sync();
    device.pass(HOUR);
  }

  private ReconcileReport quickly() {
    return device.reconcile(ReconcileRequest.room(Workspace.ROOM).quickly());
  }

  private static List<MessageId> ids(String... ids) {
    return java.util.Arrays.stream(ids).map(MessageId::new).toList();
  }

  /** Removes a message as a server does that has forgotten its tombstone meanwhile. */
  private void vanish(String id) {
    workspace.unlink(id);
  }

  private Tombstone.Reason reason(String id) {
    return device.rows.read(reader -> reader.tombstone(new MessageId(id))).orElseThrow().reason();
  }

  // --- R10

  @Test
  void r10_afterThirtyDaysEquallyManyMessagesAreTheSameMessages() {
    device.pass(Duration.ofDays(40));
    workspace.posts("n", 30, Duration.ofMinutes(1));
    device.pass(HOUR);
    device.sync();

    assertThat(server.log).filteredOn(line -> line.startsWith("ListingQuery")).hasSize(2);
    assertThat(server.log).hasSizeLessThan(8);
    device.assertEqualsTheServer();
    assertThat(device.coverage()).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r10_aFewDeletionsThatTheServerHasForgottenAreFoundByHalves() {
    vanish("m0");
    vanish("m501");
    vanish("m502");
    vanish("m999");
    device.pass(Duration.ofDays(40));
    device.sync();

    assertThat(server.log).noneMatch(line -> line.startsWith("Backward"));
    device.assertEqualsTheServer();
    assertThat(reason("m501")).isEqualTo(Tombstone.Reason.NOT_FOUND);
    assertThat(device.coverage()).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r10_manyDeletionsThatTheServerHasForgottenAreFoundByReadingTheRoomWhole() {
    for (int i = 0; i < 900; i += 3) {
      vanish("m" + i);
    }
    device.pass(Duration.ofDays(40));
    device.sync();

    assertThat(server.log).anyMatch(line -> line.startsWith("Backward"));
    device.assertEqualsTheServer();
  }

  @Test
  void r10_aSmallRoomIsReadWholeSinceThatCostsNoMore() {
    device.configure(options -> options.pageSize(1_000));
    device.pass(Duration.ofDays(40));
    device.sync();

    assertThat(server.log).noneMatch(line -> line.startsWith("Listing"));
    assertThat(device.coverage()).isInstanceOf(Coverage.Complete.class);
  }

  // --- R11

  @Test
  void r11_hiddenMessagesThatAListingShowsAreRemovedByIt() {
    server.keepsHistory = true;
    workspace.hide("m7");
    workspace.hide("m700");
    device.pass(HOUR);
    ReconcileReport report = quickly();

    assertThat(report.failure()).isNull();
    assertThat(report.way()).isEqualTo(Way.COUNTED);
    assertThat(report.whyWhole()).isNull();
    assertThat(report.surplus()).containsExactlyInAnyOrderElementsOf(ids("m7", "m700"));
    assertThat(report.unchecked()).containsExactlyInAnyOrder(Unchecked.CONTENT, Unchecked.RESTORED);
    assertThat(reason("m7")).isEqualTo(Tombstone.Reason.HIDDEN);
    device.assertEqualsTheServer();
    assertThat(device.coverage())
        .isInstanceOfSatisfying(
            Coverage.Stale.class,
            stale -> assertThat(stale.since()).isGreaterThan(workspace.time().minus(HOUR)));
  }

  @Test
  void r14_whatIsInQuarantineDoesNotMakeUpForWhatIsGone() {
    workspace.post("odd").garbled = true;
    device.pass(HOUR);
    device.sync();
    vanish("m7");
    device.pass(Duration.ofDays(40));
    device.sync();
    assertThat(device.stored()).doesNotContain("m7").hasSize(999);
    assertThat(device.coverage()).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r14_whatCountingFindsToBeGoneLeavesQuarantineWhateverItsStamp() {
    workspace.edit("m7").garbled = true;
    device.pass(HOUR);
    device.sync();
    assertThat(device.quarantine()).hasSize(1);
    vanish("m7");
    device.pass(Duration.ofDays(40));
    device.sync();
    assertThat(device.stored()).doesNotContain("m7");
    assertThat(device.quarantine()).isEmpty();
  }

  @Test
  void r11_aRoomOfOthersIsCountedThoughTheDirectoryNoLongerTellsOfIt() {
    server.keepsHistory = true;
    server.subscriptions = since -> server.directory(new RoomId("mine"));
    device.rows.write(
        writer -> {
          Room left = writer.room(Workspace.ROOM).orElseThrow();
          writer.putRoom(
              left.toBuilder().membership(Membership.READER).updatedAt(ServerTime.EPOCH).build());
          return left;
        });
    SyncRequest hinted = SyncRequest.builder().changes().room(Workspace.ROOM).build();
    device.sync(hinted);
    workspace.hide("m7");
    device.pass(HOUR.plus(HOUR));
    device.sync(hinted);
    assertThat(device.stored()).doesNotContain("m7");
  }

  @Test
  void r11_aRoomThatIsFirstReadWhileDeletionsAreHiddenIsCountedToo() {
    server.keepsHistory = true;
    Device fresh = new Device(server);
    fresh.configure(options -> options.pageSize(20));
    fresh.learnType(RoomType.CHANNEL);
    fresh.sync();
    workspace.hide("m7");
    fresh.pass(HOUR.plus(HOUR));
    fresh.sync();
    fresh.assertEqualsTheServer();
    assertThat(fresh.coverage())
        .isInstanceOfSatisfying(
            Coverage.Stale.class,
            stale -> assertThat(stale.since()).isGreaterThan(workspace.time().minus(HOUR)));
  }

  @Test
  void r11_aPartOfARoomIsReadAnewOnceDeletionsAreHiddenNoMore() {
    Workspace slow = new Workspace();
    ScriptedServer quiet = new ScriptedServer(slow);
    quiet.confirmed = true;
    Device partial = new Device(quiet);
    partial.configure(options -> options.pageSize(200).history(History.latest(10)));
    slow.posts("p", 1_000, Duration.ofMinutes(10));
    partial.pass(HOUR);
    partial.sync();
    quiet.keepsHistory = true;
    partial.sync();
    slow.hide("p995");
    assertThat(partial.coverage()).isInstanceOf(Coverage.Stale.class);
    quiet.keepsHistory = false;
    partial.pass(HOUR.plus(HOUR));
    partial.sync();
    assertThat(partial.coverage()).isInstanceOf(Coverage.Incomplete.class);
    assertThat(partial.stored()).doesNotContain("p995").contains("p999");
    partial.pass(HOUR.plus(HOUR));
    partial.sync();
    assertThat(quiet.log).noneMatch(line -> line.startsWith("Backward"));
  }

  @Test
  void r11_aClaimGoesNoFurtherThanTheSettingsAreBelieved() {
    ServerTime met = workspace.time();
    server.before =
        query -> {
          server.before = next -> {};
          device.pass(Duration.ofHours(3));
        };
    device.sync();
    assertThat(device.state().orElseThrow().claim().asOf()).isEqualTo(met.plus(HOUR));
    device.sync();
    assertThat(device.state().orElseThrow().claim().asOf()).isGreaterThan(met.plus(HOUR));
  }

  @Test
  void r11_hiddenMessagesThatAListingLeavesOutAreFoundByHalves() {
    server.listed.showsHidden = false;
    server.keepsHistory = true;
    workspace.hide("m7");
    device.pass(HOUR);
    ReconcileReport report = quickly();

    assertThat(report.way()).isEqualTo(Way.SEARCHED);
    assertThat(report.surplus()).isEqualTo(ids("m7"));
    device.assertEqualsTheServer();
  }

  @Test
  void r11_whatComesAndIsHiddenWhileItIsCountedMakesUpForNothing() {
    server.listed.showsHidden = false;
    server.keepsHistory = true;
    workspace.hide("m7");
    device.pass(HOUR);
    server.beforeListing =
        query -> {
          server.beforeListing = next -> {};
          workspace.post("passing");
          server.meanwhile =
              () -> {
                server.meanwhile = () -> {};
                workspace.hide("passing");
              };
        };
    ReconcileReport report = quickly();
    assertThat(report.surplus()).containsExactlyElementsOf(ids("m7"));
    device.assertEqualsTheServer();
  }

  @Test
  void r11_hundredsOfMessagesHiddenLongAgoCostOnlyTheSearchForTheirEnd() {
    server.keepsHistory = true;
    for (int i = 0; i < 450; i++) {
      workspace.hide("m" + i);
      workspace.pass(Duration.ofMillis(1));
    }
    device.reconcile();
    device.assertEqualsTheServer();
    device.pass(HOUR);
    workspace.hide("m600");
    device.pass(HOUR);
    ReconcileReport report = quickly();

    assertThat(report.way()).isEqualTo(Way.COUNTED);
    assertThat(report.surplus()).isEqualTo(ids("m600"));
    assertThat(report.requests()).isLessThan(20);
    device.assertEqualsTheServer();
  }

  @Test
  void r11_aQuickReconcileOfWhatIsEqualCostsFiveRequests() {
    ReconcileReport report = quickly();

    assertThat(report.way()).isEqualTo(Way.COUNTED);
    assertThat(report.requests()).as("settings, catch-up, two listings, catch-up").isEqualTo(5);
    assertThat(report.foundDifferences()).isFalse();
    assertThat(report.compared()).isEqualTo(1_000);
  }

  @Test
  void r11_aReconcileThatIsNotQuickReadsTheRoomWhole() {
    ReconcileReport report = device.reconcile();

    assertThat(report.way()).isEqualTo(Way.WHOLE);
    assertThat(report.whyWhole()).isEqualTo(WhyWhole.ASKED_FOR);
    assertThat(report.unchecked()).isEmpty();
  }

  @Test
  void r11_aQuickComparisonFindsTheSameAndWritesNothing() {
    vanish("m8");
    server.keepsHistory = true;
    workspace.hide("m9");
    device.pass(HOUR);
    workspace.post("young");
    workspace.edit("m10").text = "edited";
    device.pass(Duration.ofSeconds(1));
    workspace.delete("m11");
    device.pass(HOUR);
    Set<String> before = device.stored();
    ReconcileReport looked =
        device.reconcile(ReconcileRequest.room(Workspace.ROOM).quickly().withoutRepair());

    assertThat(looked.way()).isEqualTo(Way.SEARCHED);
    assertThat(looked.repaired()).isFalse();
    assertThat(looked.surplus()).containsExactlyInAnyOrderElementsOf(ids("m8", "m9"));
    assertThat(looked.pending()).isEqualTo(3);
    assertThat(device.stored()).isEqualTo(before);

    assertThat(quickly().surplus()).containsExactlyInAnyOrderElementsOf(ids("m8", "m9"));
    device.assertEqualsTheServer();
  }

  @Test
  void r11_idsBeyondTheBasicPlaneAreOrderedAsTheServerOrdersThem() {
    // U+FFFD sorts below U+10000 by code point, and above it by UTF-16.
    for (int i = 0; i < 200; i++) {
      workspace.post("\uFFFD" + i);
      workspace.post("\uD800\uDC00" + i);
    }
    device.pass(HOUR);
    device.sync();
    device.pass(HOUR);
    vanish("\uD800\uDC007");
    ReconcileReport report = quickly();

    assertThat(report.way()).isEqualTo(Way.SEARCHED);
    assertThat(report.surplus()).isEqualTo(ids("\uD800\uDC007"));
  }

  @Test
  void r2_aCountThatDiesAtAnyRequestChangesNothingAndIsMadeAgain() {
    vanish("m500");
    for (int dies = 1; dies < 14; dies++) {
      int[] left = {dies};
      Runnable death =
          () -> {
            if (left[0]-- == 0) {
              throw new UnreachableException("the process died", null);
            }
          };
      server.before = query -> death.run();
      server.beforeListing = query -> death.run();
      ReconcileReport report = quickly();
      if (report.failure() != null) {
        assertThat(device.stored()).contains("m500");
        assertThat(device.rows.check()).isEmpty();
      }
    }
    server.before = query -> {};
    server.beforeListing = query -> {};
    quickly();
    device.assertEqualsTheServer();
  }

  // --- where counting will not do

  private void assertReadWhole(WhyWhole why) {
    ReconcileReport report = quickly();
    assertThat(report.failure()).isNull();
    assertThat(report.way()).isEqualTo(Way.WHOLE);
    assertThat(report.whyWhole()).isEqualTo(why);
    device.assertEqualsTheServer();
  }

  @Test
  void aServerWithoutListingsIsReadWhole() {
    server.listed.exists = false;
    assertReadWhole(WhyWhole.NO_LISTING);
  }

  @Test
  void aListingThatFailsIsDoneWithout() {
    server.beforeListing =
        query -> {
          throw new ServerErrorException("too much", 500, "");
        };
    assertReadWhole(WhyWhole.LISTING_FAILED);
  }

  @Test
  void aListingThatIgnoresTheOrderIsNotBelieved() {
    server.keepsHistory = true;
    server.listed.sorts = false;
    workspace.hide("m3");
    assertReadWhole(WhyWhole.NOT_IN_ORDER);
  }

  @Test
  void aMessageThatWasBroughtBackWithItsOldStampIsFoundByReadingWhole() {
    workspace.restore("back", 5);
    assertReadWhole(WhyWhole.SHOWS_MORE);
  }

  @Test
  void aMessageThatWasBroughtBackWhileAnotherWentIsFoundWhereTheSearchMeetsIt() {
    workspace.restore("back", 5);
    vanish("m3");
    vanish("m4");
    assertReadWhole(WhyWhole.SHOWS_MORE);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whereNoSingleMessageIsShownTheRoomIsReadWhole(StrandlineException refusal) {
    vanish("m500");
    server.beforeMessage =
        id -> {
          throw refusal;
        };
    assertReadWhole(WhyWhole.LISTING_FAILED);
  }

  static List<StrandlineException> refusals() {
    return List.of(
        new ServerErrorException("no such route", 404, ""),
        new ServerErrorException("it cannot be rendered", 500, ""),
        new RateLimitedException("chat.getMessage", Duration.ofMinutes(5)),
        new NotAuthorizedException("chat.getMessage is not for you"),
        UnreachableException.timedOut("it took too long", null));
  }

  @Test
  void aListingThatLeavesOutWhatIsThereRemovesNothing() {
    server.listed.leavesOut = post -> post.id.equals("m500");
    assertReadWhole(WhyWhole.LISTING_FAILED);
  }

  @Test
  void deletionsOfTheLastMinutesAreNotCountedUpon() {
    workspace.bury("m5"); // a prune that is under way
    device.pass(Duration.ofMinutes(1));
    vanish("m6");
    ReconcileReport report = quickly();
    assertThat(report.way()).isEqualTo(Way.WHOLE);
    workspace.unlink("m5");
    device.pass(HOUR);
    device.sync();
    device.assertEqualsTheServer();
  }

  @Test
  void whatComesAndGoesWhileItIsCountedMakesTheCountVoid() {
    int[] left = {2};
    server.beforeListing =
        query -> {
          if (left[0]-- > 0) {
            workspace.post("new" + left[0]);
            workspace.pass(Duration.ofMillis(5));
          }
        };
    vanish("m9");
    ReconcileReport report = quickly();
    assertThat(report.surplus()).isEqualTo(ids("m9"));
    device.assertEqualsTheServer();
  }

  @Test
  void aRoomThatDoesNotKeepStillIsReadWhole() {
    int[] next = {0};
    server.meanwhile =
        () -> {
          workspace.post("new" + next[0]++);
          workspace.pass(Duration.ofMillis(5));
        };
    vanish("m9");
    ReconcileReport report = quickly();
    assertThat(report.way()).isEqualTo(Way.WHOLE);
    assertThat(device.stored()).doesNotContain("m9");
  }

  @Test
  void aSmallerMaximumOfTheServersIsMadeDoWith() {
    server.listed.most = 7;
    vanish("m500");
    ReconcileReport report = quickly();
    assertThat(report.surplus()).isEqualTo(ids("m500"));
    device.assertEqualsTheServer();
  }
}
