package dev.strandline.samples.backend;

/** What the JDK's HTTP server and client can only be told by properties, before their first use. */
final class JdkSettings {
  private JdkSettings() {}

  /** Sets what a service wants, where nobody has said otherwise. */
  static void apply() {
    // Answers leave at once, and who never finishes a request is hung up on.
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    setUnlessSet("sun.net.httpserver.maxReqTime", "30");
    // Connections to Rocket.Chat that nobody has used for so many seconds are closed.
    setUnlessSet("jdk.httpclient.keepalive.timeout", "30");
  }

  static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
