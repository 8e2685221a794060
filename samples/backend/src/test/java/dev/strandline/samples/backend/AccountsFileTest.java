package dev.strandline.samples.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bad file is refused with the place and what to do, and without a secret. */
final class AccountsFileTest {
  private static final String SECRET = "s3cr3t-0123456789abcdef";

  @TempDir Path folder;

  private Path file(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("accounts.json"), content.replace('\'', '"'));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static String account(String more) {
    return "{'name':'ada','userId':'u1','authToken':'"
        + SECRET
        + "','token':'"
        + SECRET
        + "'"
        + more
        + "}";
  }

  private static String accounts(String... entries) {
    return "{'server':'https://chat.example.org','accounts':[" + String.join(",", entries) + "]}";
  }

  @Test
  void accountsAreRead() throws IOException {
    List<Account> accounts =
        AccountsFile.read(
            file(
                accounts(
                    account(""),
                    account(",'server':'https://other.example.org'").replace("ada", "bob"))));
    assertThat(accounts).extracting(Account::name).containsExactly("ada", "bob");
    assertThat(accounts.get(0).server()).hasToString("https://chat.example.org");
    assertThat(accounts.get(1).server()).hasToString("https://other.example.org");
    assertThat(accounts.get(0).token().matches(SECRET)).isTrue();
    assertThat(accounts.get(0).token().matches(SECRET + "0")).isFalse();
    assertThat(accounts.get(0).toString()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`'name':'ada'`|`'name':'Ada'`|accounts[0].name, is no name",
        "`'name':'ada'`|`'name':'../ada'`|accounts[0].name, is no name",
        "`'name':'ada'`|`'name':7`|accounts[0].name, is no text",
        "`'userId':'u1'`|`'userId':''`|accounts[0].userId, is no text",
        "`'userId':'u1',`|``|accounts[0].userId, is missing",
        "`'userId':'u1'`|`'userId':'u 1'`|accounts[0], has a userId or authToken with spaces",
        "`'token':'s3cr3t-0123456789abcdef'`|`'token':'short'`|accounts[0].token, is too short",
        "`https://chat.example.org`|`chat.example.org`|server, is no URL",
        "`https://chat.example.org`|`ftp://chat.example.org`|server, is no URL",
        "`'accounts'`|`'people'`|has a field that means nothing here",
        "`'userId'`|`'userid'`|accounts[0], has a field that means nothing here",
        "`'accounts':[`|`'accounts':[],'accounts':[`|is no JSON",
        "`}]`|`}`|line 1, column",
        "`'server':`|`'allowPlainHttp':'yes','server':`|allowPlainHttp, is neither true nor false"
      })
  void whatIsWrongIsSaidWithItsPlace(String right, String wrong, String complaint)
      throws IOException {
    String content = accounts(account("")).replace(right, wrong == null ? "" : wrong);
    assertThat(content).isNotEqualTo(accounts(account("")));
    Path file = file(content);
    assertThatThrownBy(() -> AccountsFile.read(file))
        .isInstanceOf(AccountsFile.BadAccountsException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(complaint)
        .message()
        .doesNotContain(SECRET);
  }

  @Test
  void anAccountThatIsThereTwiceIsRefused() throws IOException {
    Path file = file(accounts(account(""), account("")));
    assertThatThrownBy(() -> AccountsFile.read(file)).hasMessageContaining("accounts[1].name");
  }

  @Test
  void aFileThatIsMissingOrEmptyOrForeignIsRefused() throws IOException {
    assertThatThrownBy(() -> AccountsFile.read(folder.resolve("none.json")))
        .hasMessageContaining("does not exist");
    for (String content : new String[] {"", "[]", "{}", "7", "{'accounts':[7]}"}) {
      Path file = file(content);
      assertThatThrownBy(() -> AccountsFile.read(file))
          .as(content)
          .isInstanceOf(AccountsFile.BadAccountsException.class);
    }
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws IOException {
    Path file = file(accounts(account("")));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> AccountsFile.read(file)).hasMessageContaining("chmod 600 " + file);
  }
}
