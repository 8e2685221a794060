package dev.strandline.transport.http.internal;

import dev.strandline.error.UnreachableException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in plain words why no complete answer came. */
final class Unreachable {
  /** What the JDK says of a proxy that does not open a way to the server. */
  private static final Pattern REFUSED_BY_PROXY = Pattern.compile("Tunnel failed, got: ([0-9]+)");

  /** What it says where it has asked with a user and a password as often as it does. */
  private static final String REFUSED_TOO_OFTEN = "too many authentication attempts";

  private static final String PROXY_WITHOUT_SCHEME =
      "Proxy-Authenticate header missing for response code 407";

  private final String host;
  private final Proxies.@Nullable Way way;
  private final Secrets secrets;

  /**
   * @param way how the requests go; null for directly
   */
  Unreachable(String host, Proxies.@Nullable Way way, Secrets secrets) {
    this.host = host;
    this.way = way;
    this.secrets = secrets;
  }

  /** No answer at all. */
  UnreachableException before(Throwable problem) {
    Integer status = proxyStatus(problem);
    if (status != null) {
      return refusedByProxy(status);
    }
    String message = "Cannot reach " + host + through() + ": " + why(problem) + unused();
    Throwable cause = secrets.harmless(problem);
    return isLate(problem)
        ? UnreachableException.timedOut(message, cause)
        : new UnreachableException(message, cause);
  }

  /** An answer that broke off. */
  UnreachableException midway(Throwable problem) {
    return UnreachableException.brokeOff(
        "The connection to " + host + " broke while the answer was arriving.",
        secrets.harmless(problem));
  }

  /** A proxy that answered instead of the server. */
  UnreachableException refusedByProxy(int status) {
    String why =
        status == 407
            ? "it asks for a user and a password (HTTP 407), or refuses those it got. Set them where"
                + " the proxy is set."
            : "it does not let the connection through (HTTP "
                + status
                + "). Ask whoever runs the proxy to allow this host and port.";
    return new UnreachableException("Cannot reach " + host + through() + ": " + why, null);
  }

  private String through() {
    return way == null || !way.isUsed() ? "" : " through the proxy " + way.address();
  }

  /** A proxy that is set and that Java's client does not know how to use. */
  private String unused() {
    return way == null || way.isUsed()
        ? ""
        : " A SOCKS proxy is set, "
            + way.address()
            + ", which Java's HTTP client does not use: name an HTTP proxy.";
  }

  private static @Nullable Integer proxyStatus(Throwable problem) {
    Throwable cause = problem;
    for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
      String text = cause instanceof IOException ? String.valueOf(cause.getMessage()) : "";
      if (text.startsWith(REFUSED_TOO_OFTEN) || text.equals(PROXY_WITHOUT_SCHEME)) {
        return 407;
      }
      Matcher refused = REFUSED_BY_PROXY.matcher(text);
      if (refused.find()) {
        return Integer.valueOf(refused.group(1));
      }
    }
    return null;
  }

  private static boolean isLate(Throwable problem) {
    return problem instanceof HttpTimeoutException
        && !(problem instanceof HttpConnectTimeoutException);
  }

  private String why(Throwable problem) {
    boolean byProxy = way != null && way.isUsed();
    if (has(problem, UnresolvedAddressException.class)
        || has(problem, UnknownHostException.class)) {
      return byProxy
          ? "the proxy's name does not resolve. Check the proxy that is set."
          : "the name does not resolve. Check the URL, and whether this device is online.";
    }
    if (has(problem, HttpConnectTimeoutException.class)) {
      return byProxy
          ? "no connection came about in time. Check the proxy that is set, and any firewall between."
          : "it did not accept a connection in time. Check the URL, and any firewall between.";
    }
    if (has(problem, NoRouteToHostException.class)) {
      return "there is no route to it. Check whether this device is online.";
    }
    if (has(problem, ConnectException.class)) {
      return byProxy
          ? "the proxy refuses the connection. Check the proxy that is set, and whether it runs."
          : "the connection is refused. Check the URL's host and port, and whether the server runs.";
    }
    if (has(problem, CertificateExpiredException.class)) {
      return "its TLS certificate has expired. Have it renewed, and check this device's clock.";
    }
    if (has(problem, CertificateNotYetValidException.class)) {
      return "its TLS certificate is not valid yet. Check this device's clock.";
    }
    if (isForAnotherName(problem)) {
      return "its TLS certificate is for another name. Check the URL's host.";
    }
    if (has(problem, CertificateException.class)) {
      return "its TLS certificate is not trusted. Have it renewed, or trust its issuer: an own"
          + " certificate authority is named with -Djavax.net.ssl.trustStore.";
    }
    if (byProxy && has(problem, NullPointerException.class)) {
      // That is how JDK 25 fails where it has a login and is not told how to give it.
      return "the proxy's answer cannot be understood. It may ask for a login (HTTP 407) without"
          + " saying of which kind: ask whoever runs it.";
    }
    if (has(problem, SSLException.class)) {
      return "no TLS connection comes about. Check that the URL's port speaks https.";
    }
    if (has(problem, HttpTimeoutException.class)) {
      return "it did not answer in time.";
    }
    if (has(problem, EOFException.class)) {
      return "it closed the connection before its answer was complete.";
    }
    return "the connection broke before an answer came.";
  }

  private static boolean isForAnotherName(Throwable problem) {
    Throwable cause = problem;
    for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage());
      if (cause instanceof CertificateException
          && (text.startsWith("No subject alternative") || text.startsWith("No name matching"))) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(Throwable problem, Class<? extends Throwable> type) {
    Throwable cause = problem;
    for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
