package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --since} and {@code --until}, wherever there are times. */
class PeriodTest {
  @TempDir private Path folder;
  private Town town;
  private Path db;
  private String early;
  private String root;
  private String reply;
  private String border;

  @BeforeEach
  void fill() {
    town = new Town();
    db = folder.resolve("chat.db");
    early = town.post("early tide");
    root = town.post("root tide");
    town.workspace.clock().advance(Duration.ofHours(1));
    reply = town.workspace.messages().reply(root, town.ada, "reply tide");
    border = town.post("late tide");
    town.workspace.clock().advance(Duration.ofMinutes(1));
    assertThat(town.cli.sync(town.server, db, "--all").state()).isZero();
  }

  @AfterEach
  void stop() {
    town.close();
  }

  @Test
  void messagesOfATimeAreShown() {
    String time = sentAt(reply);
    assertThat(ids("messages", "--room", "square", "--since", time)).containsExactly(reply, border);
    assertThat(ids("messages", "--room", "square", "--until", time)).containsExactly(early, root);
    assertThat(ids("messages", "--room", "square", "--all", "--until", time))
        .containsExactly(early, root);
    assertThat(ids("messages", "--room", "square", "--since", time, "--until", sentAt(border)))
        .containsExactly(reply);
    assertThat(ids("messages", "--room", "square", "--since", time, "--limit", "1"))
        .containsExactly(border);
    assertThat(ids("messages", "--thread", root, "--until", time)).isEmpty();
    assertThat(ids("messages", "--room", "square", "--before", border, "--since", time))
        .containsExactly(reply);
    assertThat(ids("messages", "--room", "square", "--since", "2025-10-10")).isEmpty();
  }

  @Test
  void sinceATimeIsAllOfIt_howeverMuch() {
    for (int i = 0; i < 60; i++) {
      town.post("more " + i);
    }
    town.cli.sync(town.server, db, "--all");
    assertThat(ids("messages", "--room", "square")).hasSize(50);
    assertThat(ids("messages", "--room", "square", "--since", "2000-01-01")).hasSize(64);
  }

  @Test
  void searchesAndThreadsAndExportsAreOfATimeToo() throws Exception {
    String time = sentAt(reply);
    assertThat(ids("search", "tide", "--since", time)).containsExactlyInAnyOrder(reply, border);
    assertThat(ids("search", "tide", "--from", time)).hasSize(2);
    assertThat(run("threads", "--since", time, "--json").lines()).hasSize(1);
    assertThat(run("threads", "--until", time, "--json").lines()).isEmpty();
    Cli.Result export = run("export", "--since", time);
    JsonNode head = Cli.parsed(export.lines().get(0)).path("export");
    assertThat(head.path("rooms").asInt()).isEqualTo(1);
    assertThat(head.path("since").asText()).isEqualTo(time);
    assertThat(head.has("until")).isFalse();
    assertThat(head.at("/coverage/state").asText()).isEqualTo("complete");
    assertThat(export.out()).contains("\"messages\":2,\"tombstones\":0");
    assertThat(run("export", "--csv", "--until", time).out())
        .contains("early tide", "root tide")
        .doesNotContain("late tide");
    assertThat(run("export", "--csv", "rooms", "--since", "2h").state()).isEqualTo(ExitState.USAGE);
  }

  @Test
  void runsAreOfATimeToo() {
    assertThat(run("history", "--since", "2000-01-01", "--json").lines()).hasSize(1);
    assertThat(run("history", "--until", "2000-01-01", "--json").lines()).isEmpty();
    assertThat(run("history", "--room", "square", "--until", "2000-01-01", "--json").lines())
        .isEmpty();
    assertThat(run("history", "--run", "1", "--since", "2h").err()).contains("--run has chosen");
  }

  @Test
  void aTimeThatMakesNoSenseIsRefusedWithExamples() {
    Cli.Result wrong = run("messages", "--room", "square", "--since", "last week");
    assertThat(wrong.state()).isEqualTo(ExitState.USAGE);
    assertThat(wrong.err()).contains("--since is no time: 'last week'", "yesterday, 2h, 7d");
    Cli.Result empty = run("search", "tide", "--since", "2025-10-09", "--until", "2025-10-09");
    assertThat(empty.state()).isEqualTo(ExitState.USAGE);
    assertThat(empty.err()).contains("is not before --until 2025-10-09");
  }

  private String sentAt(String id) {
    return run("messages", "--room", "square", "--all", "--json").lines().stream()
        .map(Cli::parsed)
        .filter(message -> message.path("_id").asText().equals(id))
        .map(message -> message.path("ts").asText())
        .findFirst()
        .orElseThrow();
  }

  private List<String> ids(Object... words) {
    Object[] all = new Object[words.length + 1];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--json";
    return run(all).lines().stream().map(Cli::parsed).map(PeriodTest::id).toList();
  }

  private static String id(JsonNode line) {
    JsonNode message = line.has("message") ? line.path("message") : line;
    return message.path("_id").asText();
  }

  private Cli.Result run(Object... words) {
    Object[] all = new Object[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--db";
    all[words.length + 1] = db;
    return town.cli.run(all);
  }
}
