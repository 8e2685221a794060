/**
 * The engine's {@link dev.strandline.spi.Transport} over a Rocket.Chat server's REST API.
 *
 * <p>For whoever sets up a synchronisation: start at {@link
 * dev.strandline.transport.http.HttpTransport#builder}.
 */
@NullMarked
package dev.strandline.transport.http;

import org.jspecify.annotations.NullMarked;
