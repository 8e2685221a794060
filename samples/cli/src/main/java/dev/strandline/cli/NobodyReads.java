package dev.strandline.cli;

/** Whoever was reading the results has gone, as {@code head} does: no reason to complain. */
final class NobodyReads extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
