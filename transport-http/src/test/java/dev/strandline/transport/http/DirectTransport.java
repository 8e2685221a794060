package dev.strandline.transport.http;

import dev.strandline.error.NotAuthorizedException;
import dev.strandline.spi.DeviceClock;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.transport.http.internal.Caller;
import dev.strandline.transport.http.internal.Login;
import dev.strandline.transport.http.internal.RateLimits;
import dev.strandline.transport.http.internal.ServerAddress;
import dev.strandline.transport.http.internal.Wire;
import java.net.URI;
import java.time.Duration;

/** The transport itself, pacing included, over a wire of a test's. */
@SuppressWarnings("exports") // for tests of this module only
public final class DirectTransport {
  private DirectTransport() {}

  public static HttpTransport over(Wire wire, FakeUser user, DeviceClock clock) {
    ServerAddress server = ServerAddress.of(URI.create("http://127.0.0.1:1"));
    Login.Source logins =
        new Login.Source() {
          @Override
          public Login current() {
            return new Login(user.id(), user.authToken());
          }

          @Override
          public Login insteadOf(Login refused) {
            throw new NotAuthorizedException("there is no other login");
          }
        };
    Caller.Settings settings = new Caller.Settings("Strandline", Duration.ofMinutes(2), 16 << 20);
    return new HttpTransport(
        server.origin(),
        user.id(),
        new Caller(server, wire, logins, new RateLimits(), clock, settings),
        () -> false,
        () -> {});
  }
}
