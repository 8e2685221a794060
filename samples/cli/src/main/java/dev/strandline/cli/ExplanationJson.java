package dev.strandline.cli;

import dev.strandline.Explanation;
import dev.strandline.Explanation.Place;
import dev.strandline.cli.text.Coverages;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.journal.Trace;
import dev.strandline.model.Message;
import dev.strandline.model.RoomId;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.InQuestion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a message is here or not, as JSON. */
final class ExplanationJson {
  private ExplanationJson() {}

  static JsonObject of(Explanation explanation, @Nullable RoomId only) {
    Message message = explanation.message();
    Tombstone tombstone = explanation.tombstone();
    return new JsonObject()
        .put("id", explanation.id().value())
        .put("verdict", word(explanation.verdict()))
        .put("room", explanation.room() == null ? null : explanation.room().value())
        .put("sentAt", message == null ? null : message.sentAt().toString())
        .put("updatedAt", message == null ? null : message.updatedAt().toString())
        .put("deletedAt", tombstone == null ? null : tombstone.at().toString())
        .put("stored", trace(explanation.added()))
        .put("changed", trace(explanation.written()))
        .put("removed", trace(explanation.removed()))
        .put("buried", trace(explanation.buried()))
        .put(
            "quarantine",
            explanation.quarantine().stream()
                .map(
                    odd ->
                        new JsonObject()
                            .put("reason", odd.entry().reason())
                            .put("firstSeenAt", odd.entry().firstSeen().toString())
                            .put("by", trace(odd.by())))
                .toList())
        .put("inQuestion", inQuestion(explanation.inQuestion()))
        .put("hasReplies", explanation.hasReplies())
        .put(
            "places",
            explanation.places().stream()
                .filter(place -> only == null || place.room().id().equals(only))
                .map(ExplanationJson::place)
                .toList());
  }

  private static @Nullable JsonObject inQuestion(@Nullable InQuestion doubt) {
    return doubt == null
        ? null
        : new JsonObject().put("since", doubt.since().toString()).put("why", word(doubt.why()));
  }

  private static JsonObject place(Place place) {
    return new JsonObject()
        .put("room", place.room().id().value())
        .put("coverage", Coverages.json(place.coverage()))
        .put("letGo", place.letGo());
  }

  private static @Nullable JsonObject trace(@Nullable Trace trace) {
    if (trace == null) {
      return null;
    }
    JsonObject json =
        new JsonObject().put("page", trace.number()).put("inJournal", trace.page() != null);
    if (trace.page() == null) {
      return json;
    }
    json.put("run", trace.page().run())
        .put("scope", trace.pass() == null ? null : trace.pass().scope().toString())
        .put("at", trace.page().startedAt().toString())
        .put("purpose", word(trace.page().purpose()));
    return json.put("question", JournalJson.question(trace.page().question()));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
