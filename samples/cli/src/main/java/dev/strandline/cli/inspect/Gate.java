package dev.strandline.cli.inspect;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Set;

/**
 * Decides who is let in: only requests that a browser sends to this very address, from this very
 * page. A page from elsewhere that resolves its own name to this machine is told apart by the Host
 * header, one that merely sends requests here by Origin and Sec-Fetch-Site.
 */
final class Gate {
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final Set<String> hosts;
  private final Keys keys;

  Gate(int port, Keys keys) {
    hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    this.keys = keys;
  }

  /** Lets requests through that are meant for this server. */
  void checkAddress(Headers headers) {
    List<String> given = headers.getOrDefault("Host", List.of());
    if (given.size() != 1 || !hosts.contains(given.get(0))) {
      throw new Refusal(
          421,
          "wrong-host",
          "This server answers to the address that it printed, and to no other.");
    }
  }

  /** Lets requests through that the page itself sends. */
  void checkOrigin(Headers headers) {
    for (String origin : headers.getOrDefault("Origin", List.of())) {
      if (hosts.stream().noneMatch(host -> origin.equals("http://" + host))) {
        throw foreign();
      }
    }
    for (String site : headers.getOrDefault("Sec-Fetch-Site", List.of())) {
      if (!OWN_SITES.contains(site)) {
        throw foreign();
      }
    }
  }

  /** Lets requests through that carry the session's key. */
  void checkSession(Headers headers) {
    List<String> given = headers.getOrDefault("Authorization", List.of());
    if (given.size() != 1 || !keys.opens(given.get(0))) {
      throw new Refusal(
          401, "no-session", "Open the link that strandline inspect printed when it was started.");
    }
  }

  private static Refusal foreign() {
    return new Refusal(403, "foreign-origin", "Only the page that this server serves may ask it.");
  }
}
