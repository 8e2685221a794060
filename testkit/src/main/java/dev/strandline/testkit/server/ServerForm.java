package dev.strandline.testkit.server;

/**
 * The generation of server to imitate. Clients must tell them apart by behaviour, never by the
 * version text.
 *
 * <p>Only {@link #V8_8} knows {@code fromTs}: {@link #V7} and {@link #V8_7} refuse it as an unknown
 * parameter, {@link #V6} ignores it.
 */
public enum ServerForm {
  /**
   * Before 7.1: no cursors ({@code type}, {@code next}, {@code previous} and {@code count} are
   * ignored), {@code lastUpdate} is required, no parameter schema, and error texts of its own.
   */
  V6("6.13"),
  /**
   * 7.1 and later with legacy routes: cursors, and a schema that is checked after the rate limiter.
   */
  V7("7.4"),
  /**
   * 8.x before 8.8 with typed routes: the schema is checked before the rate limiter and answers in
   * its own form.
   */
  V8_7("8.7"),
  /**
   * 8.8: as {@link #V8_7}, with {@code fromTs} and {@code chat.getThreadMessages?aroundId}, and
   * with 20 calls in 10 seconds an address for each thread route.
   */
  V8_8("8.8");

  private final String version;

  ServerForm(String version) {
    this.version = version;
  }

  /**
   * Returns what {@code /api/info} says: major and minor only, as the server tells anyone who may
   * not see statistics.
   */
  public String version() {
    return version;
  }

  /** Whether this is an 8.x, with typed routes. */
  boolean isTyped() {
    return this == V8_7 || this == V8_8;
  }

  /** Whether routes check their parameters against a schema. */
  boolean checksSchemas() {
    return this != V6;
  }

  /** Whether the schema is checked before a call is counted by the rate limiter. */
  boolean checksSchemaBeforeLimiter() {
    return isTyped();
  }
}
