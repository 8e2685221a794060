/** How requests are sent, paced and authorised, and how answers are read. Not API. */
@NullMarked
package dev.strandline.transport.http.internal;

import org.jspecify.annotations.NullMarked;
