package dev.strandline.transport.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** Credentials appear in nothing that people or logs see, whatever the server sends back. */
class SecretsTest extends WireTest {
  private static final String ECHO = "you sent " + TOKEN + " for " + USER + " ";

  private static List<ResponseDefinitionBuilder> nastyAnswers() {
    String json = "{\"success\":false,\"error\":\"" + ECHO + "\",\"errorType\":\"" + TOKEN + "\"}";
    List<ResponseDefinitionBuilder> answers = new ArrayList<>();
    for (int status : new int[] {200, 201, 302, 400, 401, 403, 404, 429, 500, 502}) {
      answers.add(aResponse().withStatus(status).withBody(json));
      answers.add(aResponse().withStatus(status).withBody(ECHO.repeat(50)));
      answers.add(
          aResponse().withStatus(status).withBody("x".repeat(190) + ECHO).withHeader("X", TOKEN));
      answers.add(
          aResponse()
              .withStatus(status)
              .withHeader("Location", "http://elsewhere.invalid/" + TOKEN)
              .withBody("{\"result\":{\"" + TOKEN + "\":{\"" + USER + "\": " + TOKEN));
    }
    for (Fault fault : Fault.values()) {
      answers.add(aResponse().withFault(fault));
    }
    answers.add(aResponse().withStatusMessage(TOKEN).withStatus(500));
    return answers;
  }

  @Test
  void plantedCredentialsAreNowhere() {
    StringWriter seen = new StringWriter();
    PrintWriter writer = new PrintWriter(seen);
    Handler capture =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            seen.append(new SimpleFormatter().format(entry));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    capture.setLevel(Level.ALL);
    Logger logger = Logger.getLogger("dev.strandline");
    Level before = logger.getLevel();
    logger.setLevel(Level.ALL);
    logger.addHandler(capture);
    int failures = 0;
    try {
      for (ResponseDefinitionBuilder nasty : nastyAnswers()) {
        answer(SYNC, nasty);
        answer(THREAD, nasty);
        for (var query : List.of(forward(), since(), threadSince())) {
          // A pacing of its own: what one answer said of limits must not keep the next from coming.
          try (HttpTransport each = builder().maxWait(Duration.ofMinutes(5)).build()) {
            writer.println(each);
            each.fetch(query, sink, call);
          } catch (RuntimeException e) {
            failures++;
            writer.println(e);
            e.printStackTrace(writer);
          }
        }
      }
      try (HttpTransport nobody =
          HttpTransport.builder(URI.create("http://localhost:1"))
              .credentials(new Credentials(USER, TOKEN))
              .build()) {
        nobody.fetch(forward(), sink, call);
      } catch (RuntimeException e) {
        failures++;
        e.printStackTrace(writer);
      }
      writer.println(CredentialsProvider.fixed(new Credentials(USER, TOKEN)));
      writer.println(builder());
    } finally {
      logger.removeHandler(capture);
      logger.setLevel(before);
    }

    assertThat(failures).isGreaterThan(100);
    assertThat(seen.toString())
        .contains("credentials refused")
        .doesNotContain(TOKEN)
        .doesNotContain(USER)
        .doesNotContain(TOKEN.substring(0, 10));
  }
}
