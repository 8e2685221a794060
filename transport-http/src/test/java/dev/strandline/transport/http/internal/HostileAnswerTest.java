package dev.strandline.transport.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.error.StrandlineException;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.spi.Feed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Whatever an answer holds, its reader hands on sound changes, sets aside what it cannot
 * understand, or refuses the whole, with one of our own exceptions. {@code -Dfuzz.count=N} reads
 * more mutations, {@code -Dfuzz.seed=N} others.
 */
class HostileAnswerTest {
  private static final int COUNT = Integer.getInteger("fuzz.count", 4000);
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final String DATE = "\"2025-10-09T09:10:00.037Z\"";

  private static final String MESSAGE =
      "{\"_id\":\"a\",\"rid\":\"R1\",\"u\":{\"_id\":\"u1\",\"username\":\"ada\"},\"msg\":\"x🌊\","
          + "\"ts\":DATE,\"_updatedAt\":DATE,\"tcount\":2,\"tlm\":DATE,\"md\":[{\"v\":[1,2]}]}";
  private static final String REPLY =
      "{\"_id\":\"b\",\"rid\":\"R1\",\"tmid\":\"a\",\"ts\":DATE,\"_updatedAt\":{\"$date\":5},"
          + "\"_hidden\":true}";
  private static final String GONE = "{\"_id\":\"c\",\"_deletedAt\":DATE}";

  private static String of(String json) {
    return json.replace("MESSAGE", MESSAGE)
        .replace("REPLY", REPLY)
        .replace("GONE", GONE)
        .replace("DATE", DATE);
  }

  /** An honest answer and who reads it. */
  private record Example(String json, Supplier<Reading<?>> reading, Answers.Held held) {
    static Example of(String json, Answers.Held held, Supplier<Reading<?>> reading) {
      return new Example(HostileAnswerTest.of(json), reading, held);
    }
  }

  private static List<Example> examples() {
    Answers.Held held = new Answers.Held();
    String feed = "{\"result\":{\"updated\":[MESSAGE,REPLY],\"deleted\":[GONE,GONE]CURSOR},";
    String cursor = ",\"cursor\":{\"next\":\"1760000000000\",\"previous\":\"1760000000001\"}";
    String end = "\"success\":true}";
    return List.of(
        Example.of(feed.replace("CURSOR", "") + end, held, () -> Answers.uncut(held)),
        Example.of(
            feed.replace("CURSOR", cursor) + end,
            held,
            () -> new FeedReading(Answers.ROOM, Set.of(Feed.DELETED), "next", held)),
        Example.of(
            feed.replace("CURSOR", cursor) + end,
            held,
            () -> new FeedReading(Answers.ROOM, Set.of(Feed.UPDATED), "previous", held)),
        Example.of(
            "{\"messages\":{\"update\":[REPLY,REPLY],\"remove\":[REPLY,GONE]}," + end,
            held,
            () -> new ThreadReading(new MessageId("a"), held)),
        Example.of(
            "{\"message\":MESSAGE," + end, held, () -> new SingleReading(new MessageId("a"))),
        Example.of(
            "{\"update\":[{\"_id\":\"s\",\"rid\":\"R1\",\"name\":\"n\",\"fname\":\"f\",\"t\":\"c\","
                + "\"_updatedAt\":DATE,\"lm\":DATE,\"unread\":3}],\"remove\":[GONE],"
                + end,
            held,
            () -> new DirectoryReading("rid")),
        Example.of(
            "{\"settings\":[{\"_id\":\"uniqueID\",\"value\":\"w\"},"
                + "{\"_id\":\"Threads_enabled\",\"value\":true}],"
                + end,
            held,
            SettingsReading::new));
  }

  @Test
  void whateverAnAnswerHoldsIsReadSetAsideOrRefused() {
    List<Example> examples = examples();
    int read = 0;
    for (int number = 0; number < COUNT; number++) {
      Example example = examples.get(number % examples.size());
      byte[] body =
          new Mutator(SEED * 1_000_003 + number)
              .mutate(example.json().getBytes(StandardCharsets.UTF_8));
      try {
        Answers.read(
            new ByteArrayInputStream(body),
            Answers.NO_HEADERS,
            Answers.LIMIT,
            example.reading().get());
        read++;
      } catch (StrandlineException e) {
        assertThat(e).hasMessageNotContaining("planted-token");
      } catch (RuntimeException | Error e) {
        throw new AssertionError(named(number, body), e);
      }
      requireSound(example.held(), number, body);
    }
    // A mutation that nobody could read would test nothing behind the parser.
    assertThat(read).isBetween(COUNT / 10, COUNT * 9 / 10);
  }

  private static void requireSound(Answers.Held held, int number, byte[] body) {
    for (Message message : held.messages) {
      assertThat(message.id().value()).as(named(number, body)).isNotEmpty().hasSizeLessThan(513);
      assertThat(message.room()).as(named(number, body)).isEqualTo(Answers.ROOM);
      // Verbatim, but for what a later value of the same key replaces.
      assertThat(new String(body, StandardCharsets.UTF_8).contains(message.json()))
          .as(named(number, body))
          .isEqualTo(!lacksWhatWasReplaced(message.json(), body));
    }
    held.messages.clear();
    held.tombstones.clear();
    held.unreadable.clear();
  }

  private static boolean lacksWhatWasReplaced(String json, byte[] body) {
    String sent = new String(body, StandardCharsets.UTF_8);
    try {
      return !sent.contains(json) && LastOfEach.of(json).equals(json);
    } catch (IOException e) {
      return false;
    }
  }

  private static String named(int number, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return "fuzz.seed="
        + SEED
        + ", mutation "
        + number
        + ": "
        + text.substring(0, Math.min(2000, text.length()));
  }

  @Test
  void whateverARefusalHoldsIsARefusal() {
    String honest =
        "{\"success\":false,\"error\":\"Not allowed [error-not-allowed]\",\"errorType\":"
            + "\"error-not-allowed\",\"details\":{\"method\":\"m\"}}";
    for (int number = 0; number < COUNT / 4; number++) {
      byte[] body =
          new Mutator(SEED * 1_000_003 + number).mutate(honest.getBytes(StandardCharsets.UTF_8));
      Refusal refusal =
          Refusal.read("r", 400, new ByteArrayInputStream(body), new Secrets("planted-token"));
      assertThat(refusal.toString().length()).as(named(number, body)).isLessThan(300);
      assertThat(refusal.shown().length()).as(named(number, body)).isLessThan(300);
      assertThat(refusal.toException()).isInstanceOf(StrandlineException.class);
    }
  }

  @Test
  void whatNeverEndsIsReadOrRefusedInABoundedHeap() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + Endless.HEAP_MEGABYTES + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Endless.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    assertThat(said.lines().toList())
        .containsExactly(
            "a text without end: refused",
            "members without end: set aside",
            "a name without end: refused",
            "a number without end: refused",
            "entries without end: 1000000",
            "a bomb of compression: refused");
  }
}
