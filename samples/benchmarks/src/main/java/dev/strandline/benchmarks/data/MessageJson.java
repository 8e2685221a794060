package dev.strandline.benchmarks.data;

import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Writes messages with the fields, in the order and of the sizes that a real server sends. */
final class MessageJson {
  private static final String[] WORDS =
      ("the a to of and is it we you that for on with this can be have not are at will from but"
              + " please today tomorrow server release build customer ticket meeting review merge"
              + " deploy branch tests failed passed again question answer document channel release"
              + " password account error timeout restart update version screen report weekly team")
          .split(" ");
  private static final String[] OTHER = {
    "Grüße", "später", "façade", "Überprüfung", "привет", "спасибо", "見ました", "😀", "👍", "🎉"
  };
  private static final int PEOPLE = 200;

  private final String room;
  private final SplittableRandom random;
  private final StringBuilder out = new StringBuilder(2048);

  MessageJson(String room, SplittableRandom random) {
    this.room = room;
    this.random = random;
  }

  String write(
      String id,
      long sentAt,
      long updatedAt,
      @Nullable String thread,
      int replies,
      long lastReplyAt) {
    out.setLength(0);
    String text = text();
    int person = random.nextInt(PEOPLE);
    out.append("{\"_id\":\"").append(id).append("\",\"rid\":\"").append(room);
    out.append("\",\"msg\":\"").append(text).append("\",\"ts\":\"").append(iso(sentAt));
    out.append("\",\"u\":");
    person(person);
    out.append(",\"_updatedAt\":\"").append(iso(updatedAt)).append('"');
    if (thread != null) {
      out.append(",\"tmid\":\"").append(thread).append('"');
    }
    if (replies > 0) {
      out.append(",\"tcount\":").append(replies).append(",\"tlm\":\"").append(iso(lastReplyAt));
      out.append("\",\"replies\":[\"").append(userId(random.nextInt(PEOPLE))).append("\"]");
    }
    out.append(",\"urls\":[");
    if (random.nextInt(12) == 0) {
      link();
    }
    out.append("],\"mentions\":[");
    if (random.nextInt(8) == 0) {
      person(random.nextInt(PEOPLE));
    }
    out.append("],\"channels\":[]");
    if (random.nextInt(7) == 0) {
      out.append(",\"reactions\":{\":thumbsup:\":{\"usernames\":[\"");
      out.append(userName(random.nextInt(PEOPLE))).append("\"]}}");
    }
    if (random.nextInt(15) == 0) {
      file();
    }
    out.append(",\"md\":[{\"type\":\"PARAGRAPH\",\"value\":[{\"type\":\"PLAIN_TEXT\",\"value\":\"");
    return out.append(text).append("\"}]}]}").toString();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    // Most are short, some are long.
    int words = 3 + (int) (-18 * Math.log(1 - random.nextDouble()));
    boolean isLatin = random.nextInt(8) != 0;
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ");
      text.append(
          !isLatin && random.nextInt(4) == 0
              ? OTHER[random.nextInt(OTHER.length)]
              : WORDS[random.nextInt(WORDS.length)]);
      if (random.nextInt(9) == 0) {
        // What is said is not all the same words: numbers, names, versions.
        text.append(' ').append(Integer.toString(random.nextInt(100_000), 36));
      }
    }
    return text.toString();
  }

  private void person(int number) {
    out.append("{\"_id\":\"").append(userId(number)).append("\",\"username\":\"");
    out.append(userName(number)).append("\",\"name\":\"Person Number ").append(number);
    out.append("\"}");
  }

  private void link() {
    String path = "https://wiki.example.org/display/TEAM/" + Ids.of(7, 1, random.nextInt(5000));
    out.append("{\"url\":\"").append(path);
    out.append("\",\"meta\":{\"pageTitle\":\"Team notes and decisions, the wiki\",\"ogTitle\":");
    out.append("\"Notes\",\"description\":\"").append(text()).append("\"},\"headers\":{");
    out.append("\"contentType\":\"text/html; charset=utf-8\"},\"parsedUrl\":{\"host\":");
    out.append("\"wiki.example.org\",\"protocol\":\"https:\"}}");
  }

  private void file() {
    String id = Ids.of(7, 2, random.nextInt());
    out.append(",\"file\":{\"_id\":\"").append(id).append("\",\"name\":\"screen-");
    out.append(random.nextInt(10_000)).append(".png\",\"type\":\"image/png\",\"size\":");
    out.append(random.nextInt(20_000, 2_000_000)).append("},\"attachments\":[{\"ts\":");
    out.append("\"1970-01-01T00:00:00.000Z\",\"title\":\"screen.png\",\"title_link\":");
    out.append("\"/file-upload/").append(id).append("/screen.png\",\"image_dimensions\":");
    out.append("{\"width\":1280,\"height\":720},\"image_type\":\"image/png\",\"type\":\"file\"}]");
  }

  private static String userId(int number) {
    return Ids.of(3, -2, number);
  }

  private static String userName(int number) {
    return "person." + number;
  }

  private static String iso(long millis) {
    String text = Instant.ofEpochMilli(millis).toString();
    // The server always writes the milliseconds.
    return text.length() == 24 ? text : text.substring(0, 19) + ".000Z";
  }
}
