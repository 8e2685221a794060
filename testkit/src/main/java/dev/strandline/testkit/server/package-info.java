/**
 * A fake Rocket.Chat server for tests: a workspace with real data in it, the API over that
 * workspace with the real server's quirks, and an HTTP binding for it.
 *
 * <p>Three layers, each usable without the next: {@link
 * dev.strandline.testkit.server.FakeWorkspace} is the state and what happens to it, {@link
 * dev.strandline.testkit.server.FakeRocketChat} answers requests from it in the calling thread, and
 * {@link dev.strandline.testkit.server.FakeServer} serves those answers on a loopback port. A test
 * of a client takes the third, a simulation the second. Faults ({@link
 * dev.strandline.testkit.server.FaultPlan}) are a layer of their own.
 */
@NullMarked
package dev.strandline.testkit.server;

import org.jspecify.annotations.NullMarked;
