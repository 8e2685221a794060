package dev.strandline.transport.http.internal;

import java.io.IOException;

/** What is made of a route's answer. */
interface Reading<T> {

  /**
   * Reads a success (HTTP 200).
   *
   * @param asked when it was asked for
   */
  T read(JsonBody body, Asked asked) throws IOException;

  /** Makes something of a refusal, most often a failure. */
  default T refused(Refusal refusal, Asked asked) {
    throw refusal.toException();
  }
}
