/**
 * A deterministic simulation of a client, its server and everything between them: for whoever wants
 * to try to break the promise that a synced room equals the server's, or to try a store of their
 * own in it.
 *
 * <p>{@link dev.strandline.testkit.simulation.Simulation} is the way in. One seed draws a {@link
 * dev.strandline.testkit.simulation.Script}, which is data: what people do on the server, what the
 * client is asked to do, and what goes wrong meanwhile. Playing the script is deterministic, needs
 * no time, network or disk of its own, and holds every claim of the local copy against the record
 * of what the server really had.
 */
@NullMarked
package dev.strandline.testkit.simulation;

import org.jspecify.annotations.NullMarked;
