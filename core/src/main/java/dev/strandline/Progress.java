package dev.strandline;

import dev.strandline.model.Scope;
import java.time.Duration;

/** Something that a run has done or is about to do, for whoever watches. */
public sealed interface Progress {

  /**
   * The scopes of the run are known.
   *
   * @param scopes how many rooms and threads there are to work on; threads that are found on the
   *     way come on top
   */
  record Planned(int scopes) implements Progress {}

  /** Work on a scope begins. */
  record Started(Scope scope) implements Progress {}

  /**
   * Rows were committed.
   *
   * @param scope the scope that they belong to
   * @param activity what is being done
   * @param rows how many entries of the answer were applied in this commit
   */
  record Applied(Scope scope, Activity activity, int rows) implements Progress {}

  /**
   * The run waits before its next request.
   *
   * @param reason for people
   */
  record Waiting(Duration duration, String reason) implements Progress {}

  /** Work on a scope has ended. */
  record Finished(ScopeReport report) implements Progress {}

  /** What a run does in a scope. */
  enum Activity {
    /** Following the feeds from their watermarks to the present. */
    CATCHING_UP,
    /** Reading history, newest first. */
    BACKFILLING,
    /** Comparing the whole room with the server. */
    RECONCILING
  }
}
