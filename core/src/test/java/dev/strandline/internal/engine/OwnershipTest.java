package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.AdoptRequest;
import dev.strandline.Cancellation;
import dev.strandline.LocalCopy;
import dev.strandline.Outcome;
import dev.strandline.ReconcileRequest;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.error.MalformedResponseException;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.StoreMismatchException;
import dev.strandline.model.Coverage;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.spi.StoreOwner;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To whom a store belongs, from when on, and how it follows a server that moves. */
class OwnershipTest {
  private static final String ADA = "https://chat.example.org ada";
  // SHA-256 of the URL, a line feed and the user id, as early versions kept it.
  private static final String ADA_IN_EARLY_VERSIONS = "9016b743b08a2242b9c2b9afe2bf3881";

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  OwnershipTest() {
    server.account = ADA;
    workspace.post("a");
    device.pass(Duration.ofMinutes(1));
  }

  private StoreOwner owner() {
    return LocalCopy.of(device.rows).owner().orElseThrow();
  }

  private void assertUntouched() {
    assertThat(LocalCopy.of(device.rows).owner()).isEmpty();
    assertThat(LocalCopy.of(device.rows).entries()).isEmpty();
    assertThat(LocalCopy.of(device.rows).status()).isEmpty();
    assertThat(device.rows.<Long>read(reader -> reader.journalReach().lastRun())).isZero();
    assertThat(device.rows.<Integer>read(reader -> reader.scopeRuns().size())).isZero();
  }

  private static List<SyncRequest> requests() {
    return List.of(
        SyncRequest.everything(),
        SyncRequest.changes(),
        SyncRequest.room(Workspace.ROOM),
        SyncRequest.thread(new MessageId("a")));
  }

  @Test
  void aMistypedUrlClaimsNothing() {
    server.rooms =
        since -> {
          throw new MalformedResponseException("rooms.get", "/", "not the API's answer", null);
        };
    for (SyncRequest request : requests()) {
      assertThat(device.sync(request).outcome()).isEqualTo(Outcome.FAILED);
      assertUntouched();
    }
  }

  @Test
  void aRefusedLoginClaimsNothingAlthoughTheSettingsWereShown() {
    server.subscriptions =
        since -> {
          throw new NotAuthorizedException("no");
        };
    for (SyncRequest request : requests()) {
      assertThat(device.sync(request).stoppedBy()).isNotNull();
      assertUntouched();
    }
    device.reconcile(ReconcileRequest.room(Workspace.ROOM));
    assertUntouched();
    server.account = "https://other.example.org ada";
    server.subscriptions = since -> server.directory();
    assertThat(device.sync().outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(owner()).isEqualTo(new StoreOwner("https://other.example.org ada", "first"));
  }

  @Test
  void aRunForNamedRoomsBindsTheStoreToo() {
    device.sync();
    assertThat(owner()).isEqualTo(new StoreOwner(ADA, "first"));
    assertThat(owner().server()).isEqualTo("https://chat.example.org");
    assertThat(owner().userId()).isEqualTo("ada");
    device.assertEqualsTheServer();
  }

  @Test
  void pagesThatWereAskedForBeforeTheStoreWasBoundAreInTheJournal() {
    device.sync();
    device.sync();
    List<Long> pages =
        device.rows.read(
            reader -> reader.pages(1, 0, 100).stream().map(page -> page.number()).toList());
    assertThat(pages).hasSizeGreaterThan(3).doesNotHaveDuplicates().startsWith(1L, 2L, 3L);
    assertThat(device.rows.check()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://chat.example.org ben",
        "https://chat.example.net ada",
        "http://chat.example.org ada",
        "https://chat.example.org/team ada",
        "https://chat.example.org:8443 ada"
      })
  void anotherAccountIsToldWhoseTheStoreIsAndWhatToDo(String other) {
    device.sync();
    server.account = other;
    assertThatThrownBy(device::sync)
        .isInstanceOf(StoreMismatchException.class)
        .hasMessageContaining("https://chat.example.org (user id ada, workspace id first)")
        .hasMessageContaining(new StoreOwner(other, null).inWords())
        .hasMessageContaining(other.endsWith("ben") ? "Use the credentials of" : "adopt");
    assertThat(owner().account()).isEqualTo(ADA);
  }

  @Test
  void httpsOfTheSameHostIsTheSameServer() {
    server.account = "http://chat.example.org ada";
    device.sync();
    server.account = ADA;
    assertThat(device.sync().outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(owner()).isEqualTo(new StoreOwner(ADA, "first"));
  }

  @Test
  void httpsOfTheSameHostIsAnotherServerWhereAnotherWorkspaceAnswers() {
    server.account = "http://chat.example.org ada";
    device.sync();
    server.account = ADA;
    server.identity = "second";
    assertThatThrownBy(device::sync)
        .isInstanceOf(StoreMismatchException.class)
        .hasMessageContaining("workspace id second")
        .hasMessageContaining("Another workspace");
    assertThat(owner()).isEqualTo(new StoreOwner("http://chat.example.org ada", "first"));
    assertThat(device.coverage()).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void aStoreOfAnEarlyVersionIsRecognisedAndBecomesReadable() {
    device.sync();
    device.rows.write(
        writer -> {
          writer.putOwner(new StoreOwner(ADA_IN_EARLY_VERSIONS, "first"));
          return writer;
        });
    assertThat(owner().server()).isNull();
    assertThat(device.sync().outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(owner()).isEqualTo(new StoreOwner(ADA, "first"));
  }

  @Test
  void aRoomThatNobodyKnowsLeavesNothing() {
    device.sync();
    RoomId unknown = new RoomId("nowhere");
    server.refused.add(unknown);
    SyncReport report = device.sync(SyncRequest.room(unknown));
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(device.room(unknown)).isEmpty();
    assertThat(LocalCopy.of(device.rows).status()).hasSize(1);
    assertThat(device.rows.<Integer>read(reader -> reader.scopeRuns().size())).isEqualTo(1);
  }

  @Test
  void aThreadThatNobodyKnowsLeavesNothing() {
    device.sync();
    assertThat(device.syncThread("mistyped").outcome()).isEqualTo(Outcome.FAILED);
    assertThat(LocalCopy.of(device.rows).status()).hasSize(1);
    assertThat(device.rows.<Integer>read(reader -> reader.scopeRuns().size())).isEqualTo(1);
  }

  @Test
  void aRoomNamedByItsIdGetsItsNameFromTheDirectory() {
    server.subscriptions = since -> server.directory(Workspace.ROOM);
    device.sync();
    assertThat(device.room(Workspace.ROOM).orElseThrow().name()).isEqualTo(Workspace.ROOM.value());
  }

  // --- adopting ----------------------------------------------------------------------------------

  private StoreOwner adopt(AdoptRequest request) {
    return device.engine().adopt(request, new Cancellation());
  }

  private void assertRefused(AdoptRequest request, String because) {
    StoreOwner before = owner();
    assertThatThrownBy(() -> adopt(request))
        .isInstanceOf(StoreMismatchException.class)
        .hasMessageContaining(because);
    assertThat(owner()).isEqualTo(before);
    assertThat(device.coverage()).isInstanceOf(Coverage.Complete.class);
  }

  private void move(String url) {
    server.account = url + " ada";
  }

  @Test
  void aMovedServerIsAdoptedWhereAccountAndWorkspaceAreTheSame() {
    device.sync();
    move("https://new.example.org");
    StoreOwner adopted = adopt(AdoptRequest.sameWorkspace());
    assertThat(adopted).isEqualTo(new StoreOwner("https://new.example.org ada", "first"));
    assertThat(owner()).isEqualTo(adopted);
    assertThat(device.coverage()).isInstanceOf(Coverage.Complete.class);
    assertThat(device.sync().outcome()).isEqualTo(Outcome.COMPLETE);
  }

  @Test
  void anotherUserIsNeverAdopted() {
    device.sync();
    server.account = "https://new.example.org ben";
    assertRefused(AdoptRequest.sameWorkspace().withoutWorkspaceId(), "user id ada");
  }

  @Test
  void anotherWorkspaceIsNeverAdopted() {
    device.sync();
    move("https://new.example.org");
    server.identity = "second";
    assertRefused(AdoptRequest.sameWorkspace().withoutWorkspaceId(), "Another workspace");
  }

  @Test
  void aServerThatRefusesTheLoginIsNotAdopted() {
    device.sync();
    move("https://new.example.org");
    server.subscriptions =
        since -> {
          throw new NotAuthorizedException("no");
        };
    assertThatThrownBy(() -> adopt(AdoptRequest.sameWorkspace()))
        .isInstanceOf(NotAuthorizedException.class);
    assertThat(owner().account()).isEqualTo(ADA);
  }

  @Test
  void anUnknownWorkspaceIsAdoptedOnDemandAndDoubted() {
    device.sync();
    move("https://new.example.org");
    server.identity = null;
    assertRefused(AdoptRequest.sameWorkspace(), "--force");
    adopt(AdoptRequest.sameWorkspace().withoutWorkspaceId());
    assertThat(owner()).isEqualTo(new StoreOwner("https://new.example.org ada", "first"));
    assertThat(device.coverage()).isInstanceOf(Coverage.Stale.class);
    assertThat(device.sync().outcome()).isEqualTo(Outcome.COMPLETE);
    device.assertEqualsTheServer();
  }

  @Test
  void aStoreOfAnEarlyVersionIsAdoptedByItsFormerUrl() {
    device.sync();
    device.rows.write(
        writer -> {
          writer.putOwner(new StoreOwner(ADA_IN_EARLY_VERSIONS, "first"));
          return writer;
        });
    move("https://new.example.org");
    assertRefused(AdoptRequest.sameWorkspace(), "former URL");
    assertRefused(AdoptRequest.sameWorkspace().from("https://wrong.example.org ada"), "former URL");
    adopt(AdoptRequest.sameWorkspace().from(ADA));
    assertThat(owner()).isEqualTo(new StoreOwner("https://new.example.org ada", "first"));
  }

  @Test
  void aStoreOfNobodyIsNotAdopted() {
    assertThatThrownBy(() -> adopt(AdoptRequest.sameWorkspace()))
        .isInstanceOf(StoreMismatchException.class)
        .hasMessageContaining("belongs to nobody");
    assertUntouched();
  }
}
