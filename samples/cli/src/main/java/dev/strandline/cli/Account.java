package dev.strandline.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who the caller is to the server, from a file or from the environment; never from an argument,
 * which everybody on the machine could read.
 *
 * @param userId the account's id
 * @param authToken the secret
 */
record Account(String userId, String authToken) {
  private static final String USER_ID = "STRANDLINE_USER_ID";
  private static final String AUTH_TOKEN = "STRANDLINE_AUTH_TOKEN";
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private static final String LINES_WANTED =
      "It has to be a text file with the lines userId=… and authToken=…";

  /** Finds the account: in the file where one is named, else in the environment. */
  static Account find(@Nullable Path file, Map<String, String> environment) {
    return file != null
        ? fromFile(file)
        : of(
            environment.get(USER_ID),
            environment.get(AUTH_TOKEN),
            USER_ID + " and " + AUTH_TOKEN + " are not both set.",
            "In Rocket.Chat, open My Account > Personal Access Tokens, add a token, and run: export "
                + USER_ID
                + "=… "
                + AUTH_TOKEN
                + "=… (or put userId=… and authToken=… into a file of yours and name it with"
                + " --credentials).");
  }

  private static Account fromFile(Path file) {
    Properties properties = new Properties();
    try {
      requirePrivate(file);
      properties.load(new StringReader(text(file, Files.readAllBytes(file))));
    } catch (NoSuchFileException e) {
      throw refused("there is no credentials file " + file + ".", LINES_WANTED);
    } catch (IOException | IllegalArgumentException e) {
      // Neither message nor cause: they might quote the file.
      throw refused(
          "the credentials in " + file + " cannot be read.",
          Files.isDirectory(file) ? "It is a folder: name a file. " + LINES_WANTED : LINES_WANTED);
    }
    return of(
        properties.getProperty("userId"),
        properties.getProperty("authToken"),
        file + " does not have both userId and authToken.",
        "Write the two lines userId=… and authToken=… into it; Rocket.Chat shows both under My"
            + " Account > Personal Access Tokens when you add a token.");
  }

  /** The text of a file as any editor writes it: some begin UTF-8 with a byte order mark. */
  private static String text(Path file, byte[] bytes) throws IOException {
    boolean isMarked =
        bytes.length > 1
            && ((bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe)
                || (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff));
    for (byte each : bytes) {
      isMarked |= each == 0;
    }
    if (isMarked) {
      throw refused(
          "the credentials file " + file + " is not in UTF-8 but in UTF-16 or the like.",
          "Save it as UTF-8; in PowerShell, write it with: Set-Content -Encoding utf8");
    }
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static void requirePrivate(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
      throw refused(
          "others on this machine can read or change the credentials in " + file + ".",
          "Run: chmod 600 " + file + " (and think about replacing the token)");
    }
  }

  private static Account of(
      @Nullable String userId, @Nullable String authToken, String what, String advice) {
    if (userId == null || userId.isBlank() || authToken == null || authToken.isBlank()) {
      throw refused(what, advice);
    }
    return new Account(unquoted(userId), unquoted(authToken));
  }

  /** Without the blanks and quotes around it that other kinds of files have. */
  private static String unquoted(String value) {
    String bare = value.strip();
    boolean isQuoted =
        bare.length() > 2
            && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')
            && bare.charAt(0) == bare.charAt(bare.length() - 1);
    return isQuoted ? bare.substring(1, bare.length() - 1).strip() : bare;
  }

  private static Problem refused(String what, String advice) {
    return new Problem(ExitState.NOT_AUTHORISED, what, advice);
  }

  @Override
  public String toString() {
    return "Account[withheld]";
  }
}
