/**
 * The service behind a mobile app: a local copy for each of many accounts in one process, served
 * over HTTP. Written as a user of the library would; see the README beside the sources.
 */
@NullMarked
package dev.strandline.samples.backend;

import org.jspecify.annotations.NullMarked;
