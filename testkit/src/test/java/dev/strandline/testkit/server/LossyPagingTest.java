package dev.strandline.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises that following the server's own cursor loses what it loses on the real server, to the
 * number (what R3 and R4 are for).
 */
class LossyPagingTest {
  private static final long FIRST = Scene.START.toEpochMilli();

  @ParameterizedTest
  @CsvSource({"2, 356", "5, 142", "7, 0", "20, 23", "50, 50", "100, 20"})
  void r3_losesMessagesThatShareThePagesLastMillisecond(int count, int lost) {
    Scene scene = new Scene();
    for (int i = 0; i < 500; i++) {
      scene.put("m" + i, FIRST + i / 7);
    }
    assertThat(500 - follow(scene, "UPDATED", count).size()).isEqualTo(lost);
  }

  @Test
  void r3_losesNothingWhenAskedFromOneMillisecondBefore() {
    Scene scene = new Scene();
    scene.api =
        new FakeRocketChat(
            scene.workspace, ServerForm.V7, RateLimit.off(), TieOrder.SHUFFLED_EACH_CALL);
    for (int i = 0; i < 500; i++) {
      scene.put("m" + i, FIRST + i / 7);
    }
    Set<String> seen = new HashSet<>();
    long next = 0;
    int count = 2;
    boolean more = true;
    while (more) {
      JsonNode result =
          scene
              .sync(
                  "type", "UPDATED", "next", Long.toString(next), "count", Integer.toString(count))
              .get("result");
      List<String> ids = Scene.ids(result.get("updated"));
      seen.addAll(ids);
      more = !result.get("cursor").get("next").isNull();
      long last = more ? result.get("cursor").get("next").asLong() : 0;
      count = more && last - 1 <= next ? count * 2 : count;
      next = Math.max(next, last - 1);
    }
    assertThat(seen).hasSize(500);
  }

  @Test
  void r3_ordersTiesAnewForEachCallIfAskedTo() {
    Scene scene = new Scene();
    scene.api =
        new FakeRocketChat(
            scene.workspace, ServerForm.V8_7, RateLimit.off(), TieOrder.SHUFFLED_EACH_CALL);
    for (int i = 0; i < 100; i++) {
      scene.put("m" + i, FIRST);
    }
    List<String> once =
        Scene.ids(
            scene.sync("type", "UPDATED", "next", "0", "count", "10").get("result").get("updated"));
    List<String> again =
        Scene.ids(
            scene.sync("type", "UPDATED", "next", "0", "count", "10").get("result").get("updated"));
    assertThat(once).hasSize(10).isNotEqualTo(again);
  }

  @Test
  void r4_sortsTombstonesByTheLastChangeThoughTheCursorIsTheDeletion() {
    Scene scene = new Scene();
    scene.putDeleted("A", FIRST + 1, FIRST + 300);
    scene.putDeleted("B", FIRST + 2, FIRST + 100);
    scene.putDeleted("C", FIRST + 3, FIRST + 200);
    assertThat(follow(scene, "DELETED", 1)).containsExactly("A");
  }

  @Test
  void r4_losesNineTenthsOfTombstonesDeletedInReverse() {
    Scene scene = new Scene();
    for (int i = 0; i < 500; i++) {
      scene.putDeleted("m" + i, FIRST + i, FIRST + 10_000 - i);
    }
    assertThat(new HashSet<>(follow(scene, "DELETED", 50))).hasSize(50);
  }

  @Test
  void r4_losesTombstonesOfAnEverydayRetentionRun() {
    Scene scene = new Scene();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      ids.add(scene.workspace.messages().post(scene.room, scene.ada, "m" + i));
    }
    Collections.shuffle(ids, new Random(7));
    ids.subList(0, 25).forEach(id -> scene.workspace.messages().edit(id, scene.ada, "edited"));
    assertThat(scene.workspace.removals().prune(scene.room, PruneRange.all())).isEqualTo(500);

    Set<String> listed = new HashSet<>(follow(scene, "DELETED", 50));
    assertThat(500 - listed.size()).isBetween(15, 25);
    assertThat(
            scene
                .sync("type", "DELETED", "next", "0", "count", "1000")
                .get("result")
                .get("deleted"))
        .hasSize(500);
  }

  /** What a client gets that trusts the cursor. */
  private static List<String> follow(Scene scene, String type, int count) {
    List<String> seen = new ArrayList<>();
    String next = "0";
    while (!next.equals("null")) {
      JsonNode result =
          scene.sync("type", type, "next", next, "count", Integer.toString(count)).get("result");
      seen.addAll(Scene.ids(result.get(type.equals("UPDATED") ? "updated" : "deleted")));
      next = result.get("cursor").get("next").asText();
    }
    return seen;
  }
}
