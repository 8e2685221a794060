package dev.strandline.cli.text;

import dev.strandline.OverallCoverage;
import dev.strandline.model.Coverage;
import dev.strandline.model.ServerTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What rows are worth, in words and as JSON. */
public final class Coverages {
  private Coverages() {}

  /** In words, such as {@code complete as of 2025-10-09 11:03:12}. */
  public static String words(Coverage coverage, Moments moments) {
    if (coverage instanceof Coverage.Unknown) {
      return "unknown: never read";
    }
    if (coverage instanceof Coverage.Complete complete) {
      return "complete" + butFor(complete.inQuestion()) + asOf(" as of ", complete.asOf(), moments);
    }
    if (coverage instanceof Coverage.Incomplete incomplete) {
      return incomplete(incomplete, moments);
    }
    Coverage.Stale stale = (Coverage.Stale) coverage;
    String since = stale.since() == null ? "" : asOf(" since ", stale.since(), moments);
    return "stale" + since + ": " + reason(stale.cause());
  }

  private static String incomplete(Coverage.Incomplete incomplete, Moments moments) {
    if (incomplete.from() == null) {
      return "incomplete: nothing is known to be complete yet" + also(incomplete.inQuestion());
    }
    String from = "complete only from " + moments.second(incomplete.from());
    String asOf = incomplete.asOf() == null ? "" : asOf(", as of ", incomplete.asOf(), moments);
    return from + asOf + also(incomplete.inQuestion());
  }

  private static String asOf(String words, ServerTime time, Moments moments) {
    return Moments.isDate(time) ? words + moments.second(time) : ", " + moments.known(time);
  }

  /** What several rooms are worth together, in words. */
  public static String words(OverallCoverage all) {
    return switch (all.state()) {
      case COMPLETE -> "complete" + butFor(all.inQuestion());
      case INCOMPLETE -> "incomplete: " + lacking(all);
      case STALE -> "stale: " + lacking(all);
      case UNKNOWN ->
          all.directoryRead() == null
              ? "unknown: the list of rooms was never read"
              : "unknown: never read";
    };
  }

  private static String lacking(OverallCoverage all) {
    return Moments.number(all.notComplete())
        + " of "
        + Moments.number(all.rooms())
        + (all.rooms() == 1 ? " room is" : " rooms are")
        + " not complete";
  }

  /** The same as JSON. */
  public static JsonObject json(OverallCoverage all) {
    return new JsonObject()
        .put("state", all.state().name().toLowerCase(Locale.ROOT))
        .put("rooms", all.rooms())
        .put("roomsNotComplete", all.notComplete())
        .put("inQuestion", all.inQuestion())
        .put("directoryReadAt", text(all.directoryReadAt()))
        .put("newsAsOf", text(all.newsAsOf()));
  }

  private static String also(int inQuestion) {
    return inQuestion == 0 ? "" : ", and " + inQuestion + " in question";
  }

  private static String butFor(int inQuestion) {
    return inQuestion == 0 ? "" : " but for " + inQuestion + " in question";
  }

  private static String reason(Coverage.Cause cause) {
    return switch (cause) {
      case TOMBSTONES_EXPIRED ->
          "the server has forgotten deletions meanwhile; run strandline reconcile";
      case SILENT_DELETIONS ->
          "this workspace hides deleted messages without saying so; run strandline reconcile";
      case REGAINED -> "the room was lost and is back; run strandline reconcile";
      case GONE -> "it is gone from the server, or no longer ours to read";
      case RECONCILING -> "a comparison with the server is under way";
      case UNREADABLE_DELETION ->
          "a deletion could not be understood, and does not say of which message it was; the next"
              + " sync compares the room with the server";
      case REQUESTED -> "a comparison with the server was asked for";
    };
  }

  /** How a moment is put into JSON; null where it is not known. */
  public interface Moment {
    void put(JsonObject json, String field, @Nullable ServerTime time);
  }

  /** As JSON: the state, and the moments that belong to it. */
  public static JsonObject json(Coverage coverage) {
    return json(coverage, (json, field, time) -> json.put(field, text(time)));
  }

  /** The same with moments as {@code moment} puts them. */
  public static JsonObject json(Coverage coverage, Moment moment) {
    JsonObject json = new JsonObject();
    if (coverage instanceof Coverage.Complete complete) {
      json.put("state", "complete");
      moment.put(json, "asOf", complete.asOf());
      json.put("inQuestion", complete.inQuestion());
    } else if (coverage instanceof Coverage.Incomplete incomplete) {
      json.put("state", "incomplete");
      moment.put(json, "from", incomplete.from());
      moment.put(json, "asOf", incomplete.asOf());
      json.put("inQuestion", incomplete.inQuestion());
    } else if (coverage instanceof Coverage.Stale stale) {
      json.put("state", "stale");
      moment.put(json, "since", stale.since());
      json.put("cause", stale.cause().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    } else {
      json.put("state", "unknown");
    }
    return json;
  }

  private static @Nullable String text(@Nullable ServerTime time) {
    return time == null ? null : time.toString();
  }
}
