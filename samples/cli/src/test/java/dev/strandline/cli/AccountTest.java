package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountTest {
  @TempDir private Path folder;

  private Path file(String content, String permissions) throws IOException {
    Path file = folder.resolve("login.properties");
    Files.writeString(file, content);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
    return file;
  }

  @Test
  void aPrivateFileGoesBeforeTheEnvironment() throws IOException {
    Path file = file("userId = me\nauthToken: secret\n", "rw-------");
    Account account = Account.find(file, Map.of("STRANDLINE_USER_ID", "x"));
    assertThat(account.userId()).isEqualTo("me");
    assertThat(account.authToken()).isEqualTo("secret");
    assertThat(account.toString()).doesNotContain("secret");
  }

  @Test
  void aFileThatOthersCanReadIsRefusedWithTheCure() throws IOException {
    Path file = file("userId=me\nauthToken=secret\n", "rw-r-----");
    assertThatThrownBy(() -> Account.find(file, Map.of()))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.exitState()).isEqualTo(3);
              assertThat(problem.advice()).contains("chmod 600 " + file);
            });
  }

  @Test
  void whatIsMissingIsSaidWithoutSayingWhatIsThere() throws IOException {
    Path file = file("authToken=secret\n", "rw-------");
    assertThatThrownBy(() -> Account.find(file, Map.of()))
        .hasMessageContaining("does not have both")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> Account.find(folder.resolve("none"), Map.of()))
        .hasMessageContaining("there is no credentials file");
    assertThatThrownBy(() -> Account.find(null, Map.of("STRANDLINE_AUTH_TOKEN", "secret")))
        .hasMessageNotContaining("secret")
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.advice()).contains("Personal Access Tokens"));
  }

  @Test
  void aFileThatBreaksOffInAnEscapeIsNotQuoted() throws IOException {
    Path file = file("userId=me\nauthToken=secret\\u12\n", "rw-------");
    assertThatThrownBy(() -> Account.find(file, Map.of()))
        .hasMessageContaining("cannot be read")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aFileOfAnyEditorIsRead() throws IOException {
    for (String content :
        new String[] {
          "\ufeffuserId=me\r\nauthToken=secret\r\n",
          "userId=me  \r\nauthToken=secret\t \r\n",
          "\ufeffuserId: 'me'\nauthToken: \"secret\"",
          "# mine\r\n\r\n  userId = me\r\n  authToken = secret"
        }) {
      Account account = Account.find(file(content, "rw-------"), Map.of());
      assertThat(account.userId()).as(content).isEqualTo("me");
      assertThat(account.authToken()).as(content).isEqualTo("secret");
    }
  }

  @Test
  void aFileInUtf16IsNamedAsSuch() throws IOException {
    Path file = file("", "rw-------");
    String lines = "userId=me\r\nauthToken=secret\r\n";
    for (byte[] content :
        new byte[][] {
          ("\ufeff" + lines).getBytes(StandardCharsets.UTF_16LE),
          ("\ufeff" + lines).getBytes(StandardCharsets.UTF_16BE),
          lines.getBytes(StandardCharsets.UTF_16LE)
        }) {
      Files.write(file, content);
      assertThatThrownBy(() -> Account.find(file, Map.of()))
          .hasMessageContaining("UTF-16")
          .hasMessageNotContaining("secret")
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.advice()).contains("UTF-8"));
    }
  }
}
