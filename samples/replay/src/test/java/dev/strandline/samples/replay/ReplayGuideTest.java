package dev.strandline.samples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Strandline;
import dev.strandline.spi.Store;
import dev.strandline.spi.Transport;
import dev.strandline.store.memory.MemoryStore;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.testkit.replay.RecordedServer;
import dev.strandline.testkit.replay.Replay;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.testkit.store.StoreContent;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.HttpTransport;
import dev.strandline.transport.http.Scrubbing;
import dev.strandline.transport.http.Scrubbing.Treatment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The code of {@code docs/replay.md}, run; and that of {@link HarbourTest}, which it shows too.
 * What stands between a line {@code // snippet: NAME} and the next {@code // end} is in the guide.
 */
class ReplayGuideTest {
  @TempDir Path folder;

  @Test
  void recordsAndReplays() {
    FakeWorkspace workspace = FakeWorkspace.create();
    FakeUser ada = workspace.users().create("ada", "Ada");
    String room = workspace.rooms().create(FakeRoomType.GROUP, "harbour", ada);
    workspace.conversation().fill(room, 30);
    Credentials credentials = new Credentials(ada.id(), ada.authToken());
    Path recording = folder.resolve("recording");
    try (FakeServer server = FakeServer.start(workspace)) {
      URI serverUrl = URI.create(server.url());
      // snippet: record
      Transport transport =
          HttpTransport.builder(serverUrl)
              .credentials(credentials)
              .recordTo(recording, Scrubbing.secretsOnly())
              .build();
      // end
      Store store = SqliteStore.open(folder.resolve("recorded.db"));
      try (Strandline strandline = Strandline.builder().store(store).transport(transport).build()) {
        strandline.syncEverything();
        replay(recording, store);
      }
    }
  }

  private static void replay(Path recording, Store recorded) {
    // snippet: server
    Store replayed = new MemoryStore();
    try (RecordedServer server =
            RecordedServer.start(recording, RecordedServer.Options.standard());
        Strandline strandline =
            Strandline.builder()
                .store(replayed)
                .transport(
                    HttpTransport.builder(server.url())
                        .credentials(new Credentials("anybody", "anything"))
                        .clock(server.clock())
                        .build())
                .clock(server.clock())
                .build()) {
      strandline.syncEverything();
      assertThat(server.notFound()).isEmpty();
      assertThat(StoreContent.hash(replayed)).isEqualTo(StoreContent.hash(recorded));
    }
    // end
  }

  @Test
  void choosesWhatIsLeftOut() {
    // snippet: scrubbing
    Scrubbing scrubbing =
        Scrubbing.builder()
            .texts(Treatment.MASK)
            .names(Treatment.PSEUDONYM)
            .otherFields(Treatment.KEEP)
            .secret("Project Waverley")
            .build();
    // end
    assertThat(scrubbing.names()).isEqualTo(Treatment.PSEUDONYM);
    // snippet: ignoring
    Replay anyPageSize = Replay.of("recordings/harbour").ignoring("count");
    // end
    assertThat(anyPageSize).isNotNull();
  }

  @Test
  void thePageShowsThisCodeAndNoOther() throws IOException {
    Path sources = Path.of("src/test/java/dev/strandline/samples/replay");
    List<String> here = blocks(sources.resolve("ReplayGuideTest.java"), "// snippet: ", "// end");
    here.addAll(blocks(sources.resolve("HarbourTest.java"), "// snippet: ", "// end"));
    assertThat(blocks(Path.of("../../docs/replay.md"), "```java", "```"))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(here);
  }

  @Test
  void theGuideNamesWhatTheseTestsRunWith() throws IOException {
    String named = blocks(Path.of("../../docs/replay.md"), "```xml", "```").get(0);
    String here = Files.readString(Path.of("pom.xml")).replaceAll("\\s+", "");
    String versions = Files.readString(Path.of("../../pom.xml"));
    Pattern dependency =
        Pattern.compile(
            "(<groupId>[^<]+</groupId><artifactId>[^<]+</artifactId>)<version>([^<]+)<");
    List<MatchResult> dependencies = dependency.matcher(named).results().toList();
    assertThat(dependencies).hasSize(3);
    for (MatchResult each : dependencies) {
      assertThat(here).contains(each.group(1));
      assertThat(versions).contains("version>" + each.group(2) + "</");
    }
  }

  private static List<String> blocks(Path file, String open, String close) throws IOException {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = null;
    for (String line : Files.readAllLines(file)) {
      String text = line.strip();
      if (block != null && text.equals(close)) {
        blocks.add(block.toString());
        block = null;
      } else if (block != null) {
        // Where a line is broken is the business of the page's width.
        block.append(text.replaceAll("\\s+", ""));
      } else if (text.startsWith(open)) {
        block = new StringBuilder();
      }
    }
    return blocks;
  }
}
