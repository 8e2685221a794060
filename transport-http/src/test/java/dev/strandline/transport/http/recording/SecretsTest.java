package dev.strandline.transport.http.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.RetryPolicy;
import dev.strandline.Strandline;
import dev.strandline.store.memory.MemoryStore;
import dev.strandline.testkit.server.Fault;
import dev.strandline.testkit.server.Response;
import dev.strandline.transport.http.Scrubbing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets planted wherever a server can put them are in no file of a recording. */
class SecretsTest {
  private static final String COOKIE = "kdf93jsl30dkwl20";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noFileHoldsATokenAUserIdACookieOrTheHost(boolean forSharing) throws IOException {
    try (Town town = Town.limited()) {
      List<String> secrets =
          List.of(town.ada.authToken(), town.ada.id(), town.ben.id(), COOKIE, "127.0.0.1");
      plant(town, secrets);
      Scrubbing scrubbing = forSharing ? Scrubbing.forSharing() : Scrubbing.secretsOnly();
      try (Strandline strandline =
          Strandline.builder()
              .store(new MemoryStore())
              .transport(town.transport().recordTo(folder.resolve("r"), scrubbing).build())
              .options(Town.OPTIONS.toBuilder().retry(RetryPolicy.never()).build())
              .build()) {
        for (int run = 0; run < 6; run++) {
          strandline.syncEverything();
        }
      }
      String all = everything(folder.resolve("r"));
      assertThat(all).contains("chat.syncmessages").contains("error-planted");
      for (String secret : secrets) {
        int at = all.indexOf(secret.toLowerCase(Locale.ROOT));
        String where = at < 0 ? "" : all.substring(Math.max(0, at - 300), at + secret.length());
        assertThat(where).as(secret).isEmpty();
      }
    }
  }

  private static void plant(Town town, List<String> secrets) {
    String planted = String.join(" and https://x:8443/", secrets);
    town.post(planted);
    town.workspace.messages().postWithId("id-" + town.ada.id(), town.square, town.ben, "odd");
    town.workspace.messages().post(town.talk, town.ben, "@" + town.ben.id());
    // Another's id is known from the first document that names him, and not before.
    String early = planted.replace(town.ben.id(), "");
    String refusal =
        "{\"success\":false,\"error\":\""
            + early
            + "\",\"errorType\":\"error-planted\",\""
            + town.ada.authToken()
            + "\":1}";
    Fault cookie =
        Fault.rewrite(
            answer -> {
              Map<String, String> headers = new LinkedHashMap<>(answer.headers());
              headers.put("Set-Cookie", "session=" + COOKIE + "; Path=/; HttpOnly");
              headers.put("X-Instance", planted);
              headers.put("Content-Type", "application/json; from=" + town.ada.id());
              return new Response(answer.status(), headers, answer.body());
            });
    town.server.faults().next("settings.public", cookie);
    town.server
        .faults()
        .next(
            "chat.syncMessages",
            Fault.answer(503, "application/json", refusal),
            Fault.answer(200, "text/html", "<html>" + early),
            Fault.answer(200, "application/json", "{\"result\":{\"updated\":[\"" + early),
            Fault.cut(300));
  }

  private static String everything(Path recording) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(recording)) {
      for (Path file : files.toList()) {
        all.append(file.getFileName()).append('\n');
        if (Files.isRegularFile(file)) {
          all.append(Files.readString(file)).append('\n');
        }
      }
    }
    return all.toString().toLowerCase(Locale.ROOT);
  }

  @Test
  void aScrubbingSaysNothingOfItsSecrets() {
    assertThat(Scrubbing.builder().key("quayside").secret("Waverley").build().toString())
        .doesNotContain("quayside")
        .doesNotContain("Waverley");
  }
}
