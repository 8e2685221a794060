package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
        .hasMessageContaining("cannot be read");
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
}
