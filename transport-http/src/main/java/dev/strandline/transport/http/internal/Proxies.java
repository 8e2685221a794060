package dev.strandline.transport.http.internal;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which proxy a client's requests go through, for messages: the client chooses it by itself. */
final class Proxies {
  private Proxies() {}

  /**
   * A proxy that is set for a server.
   *
   * @param address its host and port
   * @param isUsed whether the client uses it: of all kinds, it knows HTTP proxies only
   */
  record Way(String address, boolean isUsed) {}

  /** The way of a request; null for directly. */
  static @Nullable Way of(HttpClient client, URI uri) {
    ProxySelector selector = client.proxy().orElseGet(ProxySelector::getDefault);
    List<Proxy> proxies = selector == null ? List.of() : selector.select(uri);
    // The client, too, looks at the first only.
    if (proxies.isEmpty() || !(proxies.get(0).address() instanceof InetSocketAddress address)) {
      return null;
    }
    return new Way(
        address.getHostString() + ":" + address.getPort(),
        proxies.get(0).type() == Proxy.Type.HTTP);
  }
}
