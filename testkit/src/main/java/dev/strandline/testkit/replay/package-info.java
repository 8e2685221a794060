/**
 * Recordings of a real server played back: for tests that want what a server once answered,
 * failures and all. Needs WireMock on the class path, and {@link
 * dev.strandline.testkit.replay.Replay} JUnit.
 */
@NullMarked
package dev.strandline.testkit.replay;

import org.jspecify.annotations.NullMarked;
