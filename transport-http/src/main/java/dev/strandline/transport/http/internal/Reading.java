package dev.strandline.transport.http.internal;

import dev.strandline.error.MalformedResponseException;
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

  /**
   * Makes something of a success that is not the API's but a page of HTML, as gateways send it.
   *
   * @param problem what it is otherwise
   */
  default T notFromApi(MalformedResponseException problem, Asked asked) {
    throw problem;
  }

  /** Whether a login that is refused, and cannot be renewed, is a refusal like any other. */
  default boolean doesWithoutLogin() {
    return false;
  }
}
