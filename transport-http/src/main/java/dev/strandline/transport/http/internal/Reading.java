package dev.strandline.transport.http.internal;

import dev.strandline.model.ServerTime;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is made of a route's answer. */
interface Reading<T> {

  /**
   * Reads a success (HTTP 200).
   *
   * @param askedAt see {@link dev.strandline.spi.FeedAnswer#askedAt()}
   */
  T read(JsonBody body, @Nullable ServerTime askedAt) throws IOException;

  /** Makes something of a refusal, most often a failure. */
  default T refused(Refusal refusal, @Nullable ServerTime askedAt) {
    throw refusal.toException();
  }
}
