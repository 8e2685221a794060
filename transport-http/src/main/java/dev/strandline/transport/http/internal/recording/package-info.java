/**
 * Writes down what goes over the wire, scrubbed, in a form that a stock WireMock serves. Not API.
 */
@NullMarked
package dev.strandline.transport.http.internal.recording;

import org.jspecify.annotations.NullMarked;
