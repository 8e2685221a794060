package dev.strandline.transport.http.internal;

import dev.strandline.error.UnreachableException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** Says in plain words why no complete answer came. */
final class Unreachable {
  private final String host;
  private final Secrets secrets;

  Unreachable(String host, Secrets secrets) {
    this.host = host;
    this.secrets = secrets;
  }

  /** No answer at all. */
  UnreachableException before(Throwable problem) {
    String message = "Cannot reach " + host + ": " + why(problem);
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

  private static boolean isLate(Throwable problem) {
    return problem instanceof HttpTimeoutException
        && !(problem instanceof HttpConnectTimeoutException);
  }

  private static String why(Throwable problem) {
    if (has(problem, UnresolvedAddressException.class)
        || has(problem, UnknownHostException.class)) {
      return "the name does not resolve. Check the URL, and whether this device is online.";
    }
    if (has(problem, HttpConnectTimeoutException.class)) {
      return "it did not accept a connection in time. Check the URL, and any firewall between.";
    }
    if (has(problem, NoRouteToHostException.class)) {
      return "there is no route to it. Check whether this device is online.";
    }
    if (has(problem, ConnectException.class)) {
      return "the connection is refused. Check the URL's host and port, and whether the server runs.";
    }
    if (has(problem, CertificateException.class)) {
      return "its TLS certificate is not trusted. Have it renewed, or trust its issuer.";
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
