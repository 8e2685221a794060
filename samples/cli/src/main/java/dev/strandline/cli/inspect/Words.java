package dev.strandline.cli.inspect;

import dev.strandline.cli.text.Coverages;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.model.Coverage;
import dev.strandline.model.MessageKey;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.ScopeRun;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How values are written for the page: times as milliseconds, names of constants as words. */
final class Words {
  private Words() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static @Nullable Long millis(@Nullable ServerTime time) {
    return time == null ? null : time.epochMilli();
  }

  /** A place in reading order, which {@link Parameters#place} reads. */
  static String place(MessageKey key) {
    return key.sentAt().epochMilli() + "." + key.id().value();
  }

  static JsonObject coverage(Coverage coverage) {
    return Coverages.json(coverage, (json, field, time) -> json.putNumber(field, millis(time)));
  }

  static @Nullable JsonObject run(@Nullable ScopeRun run) {
    if (run == null) {
      return null;
    }
    String kind = run.errorKind();
    return new JsonObject()
        .put("finishedAt", run.finishedAt().toEpochMilli())
        .put("outcome", run.outcome())
        .put("requests", run.requests())
        .put(
            "error",
            kind == null
                ? null
                : new JsonObject().put("kind", kind).put("message", run.errorMessage()))
        .putNumber(
            "lastCompleteAt",
            run.lastCompleteAt() == null ? null : run.lastCompleteAt().toEpochMilli());
  }
}
