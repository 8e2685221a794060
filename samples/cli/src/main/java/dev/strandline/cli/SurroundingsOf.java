package dev.strandline.cli;

/** Whoever knows where the command runs. */
public interface SurroundingsOf {
  Surroundings surroundings();
}
