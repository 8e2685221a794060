package dev.strandline.cli;

import dev.strandline.Explanation;
import dev.strandline.Explanation.Place;
import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.Moments;
import dev.strandline.journal.Trace;
import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.ThreadState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a message is here or not, in sentences. */
final class Verdicts {
  private final Explanation explanation;
  private final Labels labels;
  private final Moments moments;

  Verdicts(Explanation explanation, Labels labels, Moments moments) {
    this.explanation = explanation;
    this.labels = labels;
    this.moments = moments;
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(Harmless.line(explanation.id() + " " + verdict()));
    if (explanation.message() != null && explanation.tombstone() != null) {
      sentences.add(
          "The server had deleted it at "
              + moments.second(explanation.tombstone().at())
              + ", and has had it again since.");
    }
    InQuestion doubt = explanation.inQuestion();
    if (doubt != null) {
      sentences.add(
          "It is in question since "
              + moments.known(doubt.since())
              + " whether the server still has it: "
              + why(doubt.why())
              + ".");
      sentences.add(
          "A later sync settles it: by a reading that would show it, or by asking for it alone.");
    }
    for (Explanation.InQuarantine odd : explanation.quarantine()) {
      sentences.add(
          "A version of it could not be understood, and is in quarantine: "
              + Harmless.line(odd.entry().reason()));
    }
    if (explanation.verdict() == Explanation.Verdict.NOT_STORED) {
      sentences.addAll(ofTheThread());
    }
    if (isPruned()) {
      sentences.add("The journal does not reach back to all of it.");
    }
    return sentences;
  }

  private static String why(InQuestion.Why why) {
    return switch (why) {
      case DELETED_AND_SHOWN -> "it was listed as deleted then, and shown live with a later stamp";
      case UNREADABLE_DELETION -> "its deletion arrived in a form that could not be understood";
      case LOST_ROOT -> "it is a reply that was kept below a root that is gone";
      case MOVED -> "it was shown in another room than the one it was stored in";
    };
  }

  private String verdict() {
    return switch (explanation.verdict()) {
      case LIVE -> live();
      case DELETED -> "is not here: the server deleted it at " + at() + was();
      case HIDDEN -> "is not here: the server showed it as hidden; last written at " + at() + was();
      case NOT_FOUND ->
          "is not here: a whole reading no longer showed it; last written at " + at() + was();
      case QUARANTINED -> "is not here" + in() + ": it could not be understood.";
      case NOT_STORED -> "is not here, and no answer that is stored has shown it.";
    };
  }

  private String live() {
    Message message = explanation.message();
    return message == null
        ? "is here."
        : "is here"
            + in()
            + ": sent at "
            + moments.second(message.sentAt())
            + ", in the server's version of "
            + moments.second(message.updatedAt())
            + ".";
  }

  private String at() {
    Tombstone tombstone = explanation.tombstone();
    return tombstone == null ? "-" : moments.second(tombstone.at());
  }

  private String was() {
    return explanation.removed() == null
        ? in() + ". It never was stored."
        : in() + ". It was stored before.";
  }

  private String in() {
    RoomId room = explanation.room();
    return room == null ? "" : ", in " + labels.of(Scope.room(room));
  }

  private List<String> ofTheThread() {
    List<String> sentences = new ArrayList<>();
    if (explanation.hasReplies()) {
      sentences.add("Replies to it are stored" + in() + ": it is the root of a thread.");
    }
    ThreadState thread = explanation.thread();
    if (thread != null && thread.condition() == ThreadState.Condition.ROOT_GONE) {
      sentences.add("The server says that this root is gone.");
    }
    return sentences;
  }

  private boolean isPruned() {
    return isPruned(explanation.added())
        || isPruned(explanation.written())
        || isPruned(explanation.removed())
        || isPruned(explanation.buried())
        || explanation.quarantine().stream().anyMatch(odd -> odd.by().isPruned());
  }

  private static boolean isPruned(@Nullable Trace trace) {
    return trace != null && trace.isPruned();
  }

  /** When a message of this room would have been written, or what became of it. */
  static String wouldHaveToBe(Place place, Moments moments) {
    String when = when(place.coverage(), moments);
    return place.letGo() == 0
        ? when
        : when + ", or one of " + place.letGo() + " that were let go of";
  }

  private static String when(Coverage coverage, Moments moments) {
    if (coverage instanceof Coverage.Complete complete) {
      return "written after " + moments.second(complete.asOf()) + ", or hidden";
    }
    if (coverage instanceof Coverage.Incomplete incomplete && incomplete.from() != null) {
      return "older than "
          + moments.second(incomplete.from())
          + ", or written after "
          + moments.second(incomplete.asOf());
    }
    if (coverage instanceof Coverage.Stale stale && stale.since() != null) {
      return "written after " + moments.second(stale.since()) + ", or hidden";
    }
    return "of any time";
  }
}
