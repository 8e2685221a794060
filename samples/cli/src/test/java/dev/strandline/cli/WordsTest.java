package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the command says of mistakes: a line on what is wrong, one on what to do, no library's
 * words.
 */
class WordsTest {
  private static final Map<String, String> ACCOUNT =
      Map.of("STRANDLINE_USER_ID", "me", "STRANDLINE_AUTH_TOKEN", "secret");

  @TempDir private Path folder;

  private Cli.Result sync(Map<String, String> environment, String... more) {
    List<String> args =
        new java.util.ArrayList<>(
            List.of("sync", "--db", folder.resolve("x.db").toString(), "--all", "--retries", "0"));
    args.addAll(List.of(more));
    return new Cli(environment, 0).run(args.toArray());
  }

  private static void assertOurWords(Cli.Result result) {
    assertThat(result.err()).startsWith("strandline: ");
    assertThat(result.err().lines().count()).as(result.err()).isBetween(1L, 2L);
    assertThat(result.err())
        .doesNotContain("java.", "Exception", "allowPlainHttp", "cannot convert", "a bug");
  }

  @ParameterizedTest
  @CsvSource({
    "https://chat.example.org/a b, must look like",
    "http://chat_server:3000, alias",
    "https://[::1, must look like",
    "chat.example.org, must look like",
    "http://chat.example.org, --allow-http",
    "https://me:secret@chat.example.org, must not hold a user"
  })
  void aServerThatCannotBeAskedIsSaidInOurWords(String url, String words) {
    Cli.Result result = sync(ACCOUNT, "--server", url);
    assertThat(result.state()).isEqualTo(ExitState.USAGE);
    assertThat(result.err()).contains(words).doesNotContain("secret");
    assertOurWords(result);
  }

  @Test
  void aProxyOfTheEnvironmentIsUsedAndNamedWhereItFails() {
    Map<String, String> environment = new java.util.HashMap<>(ACCOUNT);
    // Port 1 is nobody's.
    environment.put("HTTPS_PROXY", "http://127.0.0.1:1");
    Cli.Result result = sync(environment, "--server", "https://chat.example.org");
    assertThat(result.state()).isEqualTo(ExitState.UNREACHABLE);
    assertThat(result.err()).contains("through the proxy 127.0.0.1:1");
    assertOurWords(result);

    environment.put("HTTPS_PROXY", "socks5://127.0.0.1:1");
    assertThat(sync(environment, "--server", "https://chat.example.org").err()).contains("SOCKS");
  }
}
