package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Cancellation;
import dev.strandline.LocalCopy;
import dev.strandline.Outcome;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.model.Membership;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.DirectoryList;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.Transport.DirectoryAnswer;
import dev.strandline.spi.Transport.Removal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries of the directory that cannot be understood are not dropped either (R14). */
class UnreadableDirectoryTest {
  private static final RoomId OTHER = new RoomId("other");
  private static final Unreadable ODD =
      new Unreadable(null, "{\"rid\":7}", "its rid is not text", null);

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);
  private final Engine engine = device.engine();
  private final List<Unreadable> odd = new ArrayList<>();

  @BeforeEach
  void listARoom() {
    server.confirmed = true;
    server.subscriptions = since -> with(odd, server.directory(Workspace.ROOM));
    workspace.post("a");
    device.pass(Duration.ofHours(1));
  }

  private static DirectoryAnswer with(List<Unreadable> odd, DirectoryAnswer answer) {
    return new DirectoryAnswer(
        answer.askedAt(), true, answer.entries(), answer.removed(), List.copyOf(odd));
  }

  private SyncReport sync() {
    server.log.clear();
    device.pass(Duration.ofMinutes(1));
    return engine.sync(SyncRequest.everything(), new Cancellation());
  }

  private List<Quarantined> held() {
    return device.rows.read(reader -> reader.quarantine(null, 9));
  }

  private DirectoryState directory() {
    return device.rows.read(reader -> reader.directory());
  }

  @Test
  void r14_anEntryOfTheDirectoryThatCannotBeUnderstoodIsKeptCountedAndReported() {
    odd.add(ODD);
    SyncReport report = sync();
    assertThat(report.unreadable()).isEqualTo(1);
    assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
    assertThat(report.scopes()).allMatch(scope -> scope.outcome() == Outcome.COMPLETE);
    assertThat(held())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.list()).isEqualTo(DirectoryList.SUBSCRIPTIONS);
              assertThat(entry.room()).isNull();
              assertThat(entry.entry()).isEqualTo(ODD);
            });
    assertThat(LocalCopy.of(device.rows).unreadableRooms()).isEqualTo(1);
    // A run that does not ask for the directory does what it was asked for.
    assertThat(device.sync().outcome()).isEqualTo(Outcome.COMPLETE);
  }

  @Test
  void r14_aDocumentOfARoomThatCannotBeUnderstoodIsKeptToo() {
    server.rooms = since -> with(List.of(ODD), server.directory());
    assertThat(sync().unreadable()).isEqualTo(1);
    assertThat(held()).extracting(Quarantined::list).containsExactly(DirectoryList.ROOMS);
  }

  @Test
  void r14_theSameEntryOfTheDirectoryAgainIsNothingNew() {
    odd.add(ODD);
    sync();
    List<Quarantined> first = held();
    assertThat(sync().unreadable()).isEqualTo(1);
    assertThat(held()).isEqualTo(first);
  }

  @Test
  void r14_anEntryOfTheDirectoryIsReleasedByAWholeListThatDoesNotShowIt() {
    odd.add(ODD);
    sync();
    odd.clear();
    SyncReport report = sync();
    assertThat(held()).isEmpty();
    assertThat(report.unreadable()).isZero();
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(directory().newsAsOf()).isNotNull();
  }

  @Test
  void r14_whatHasChangedSinceDoesNotReleaseAnEntryThatAWholeListStillShows() {
    sync();
    assertThat(directory().subscriptions()).isNotNull();
    odd.add(ODD);
    sync();
    // It does not say when it was written: no list of changes shows it.
    server.subscriptions =
        since -> with(since == null ? odd : List.of(), server.directory(Workspace.ROOM));
    assertThat(sync().unreadable()).isEqualTo(1);
    assertThat(server.log).contains("subscriptions since null");
    odd.clear();
    assertThat(sync().unreadable()).isZero();
    sync();
    assertThat(server.log).doesNotContain("subscriptions since null");
  }

  @Test
  void r12_whoLeftIsNotForgottenWhereAListIsAskedForWhole() {
    server.subscriptions = since -> server.directory(Workspace.ROOM, OTHER);
    sync();
    odd.add(ODD);
    server.subscriptions = since -> with(odd, server.directory(Workspace.ROOM));
    sync();
    assertThat(membership()).isEqualTo(Membership.MEMBER);
    server.subscriptions =
        since ->
            since == null
                ? with(odd, server.directory(Workspace.ROOM))
                : new DirectoryAnswer(
                    server.date(),
                    true,
                    List.of(),
                    List.of(new Removal("sub-" + OTHER, workspace.time())),
                    List.of());
    sync();
    assertThat(membership()).isEqualTo(Membership.GONE);
    assertThat(held()).hasSize(1);
  }

  private Membership membership() {
    return device.room(OTHER).map(Room::membership).orElseThrow();
  }

  @Test
  void r14_anEmptyListReleasesNoEntryOfTheDirectory() {
    odd.add(ODD);
    sync();
    server.subscriptions = since -> server.directory();
    assertThat(sync().unreadable()).isEqualTo(1);
  }

  @Test
  void r14_anAccountOfWhichNothingButOddEntriesIsListedIsNotCompletelyRead() {
    odd.add(ODD);
    server.subscriptions = since -> with(odd, server.directory());
    SyncReport report = sync();
    assertThat(report.scopes()).isEmpty();
    assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
  }
}
