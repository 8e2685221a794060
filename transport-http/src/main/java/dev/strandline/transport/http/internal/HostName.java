package dev.strandline.transport.http.internal;

import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of hosts that Java's URIs do not take, and addresses in place of names. */
final class HostName {
  private static final Pattern HOST_AND_PORT = Pattern.compile("([^:\\[\\]]+)(?::([0-9]{0,5}))?");

  /**
   * What Java's rules of 2003 turn into something else than browsers, which follow those of 2008:
   * "straße" would be another domain, "strasse", and the credentials would go there.
   */
  private static final Pattern READ_IN_TWO_WAYS =
      Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

  private HostName() {}

  /**
   * The same URL with a host that can be asked: an international name in its ASCII form.
   *
   * @throws IllegalArgumentException where there is none
   */
  static URI usable(URI url) {
    Matcher parts = HOST_AND_PORT.matcher(url.getRawAuthority());
    if (!parts.matches()) {
      throw ServerAddress.noUrl(url.toString());
    }
    String host = parts.group(1);
    String ascii = ascii(host);
    String port = parts.group(2) == null || parts.group(2).isEmpty() ? "" : ":" + parts.group(2);
    URI usable = withAuthority(url, ascii + port);
    if (usable.getHost() == null) {
      if (ascii.contains("_")) {
        throw new IllegalArgumentException(
            "the host name "
                + host
                + " in the server URL has a _, which Java's HTTP client cannot use: give the server"
                + " an alias without it, or use its address");
      }
      throw ServerAddress.noUrl(url.toString());
    }
    return usable;
  }

  private static String ascii(String host) {
    if (READ_IN_TWO_WAYS.matcher(host).find()) {
      throw new IllegalArgumentException(
          "the host name "
              + host
              + " in the server URL can be read in two ways: write it in its ASCII form, which begins"
              + " with xn--");
    }
    try {
      return IDN.toASCII(host);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the host name " + host + " in the server URL is none: check its spelling", e);
    }
  }

  private static URI withAuthority(URI url, String authority) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return URI.create(url.getScheme() + "://" + authority + path);
  }

  /** Whether a host is an IPv6 address, in brackets, of this device, in any of its spellings. */
  static boolean isLoopbackLiteral(String host) {
    if (!host.startsWith("[")) {
      return false;
    }
    try {
      // Of a literal nobody is asked.
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
