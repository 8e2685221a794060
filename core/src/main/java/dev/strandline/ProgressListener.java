package dev.strandline;

/**
 * Watches a run, on the thread of the run. It should be quick; what it throws is logged and does
 * not disturb the run.
 */
@FunctionalInterface
public interface ProgressListener {
  void progress(Progress progress);
}
