package dev.strandline.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.strandline.model.RoomId;
import dev.strandline.spi.Origin;
import dev.strandline.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. Skipped where no Chromium is installed. */
class PageTest {
  // A browser that ends still writes to its profile for a moment.
  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path folder;

  private static Path file;
  private static SqliteStore store;
  private static InspectServer server;
  private static Browser browser;

  @BeforeAll
  static void open() throws Exception {
    Optional<Path> program = Browser.installed();
    assumeTrue(
        program.isPresent(),
        "no Chromium is installed: put one on the PATH, or name it in STRANDLINE_CHROMIUM");
    file = folder.resolve("chat.db");
    Sample.fill(file);
    store = SqliteStore.openReadOnly(file);
    server =
        InspectServer.start(store, file, 0, InstantSource.fixed(Instant.ofEpochMilli(Sample.NOW)));
    browser = Browser.start(program.get(), folder.resolve("profile"));
    browser.size(1280, 900, false);
    browser.open(server.link());
    browser.until("document.querySelectorAll('table.rooms tbody tr').length === 50");
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
      store.close();
    }
  }

  private static void go(String hash, String until) {
    browser.evaluate("location.hash = " + Browser.quoted(hash) + "; true");
    browser.until(until);
  }

  @Test
  void theTokenLeavesTheAddressAndTheSessionStaysWithThisOrigin() {
    assertThat(browser.evaluate("location.href").asText()).doesNotContain("token");
    assertThat(browser.evaluate("document.cookie").asText()).isEmpty();
    assertThat(browser.requests()).allMatch(address -> address.startsWith(server.address()));
    assertThat(browser.requests()).noneMatch(address -> address.contains("token"));
  }

  @Test
  void nothingThatSomebodyWroteBecomesScriptOrMarkup() {
    String views =
        """
        #/room?id=hostile|document.querySelectorAll('.message').length === 21
        #/room?id=hostile&tab=state|document.querySelector('details.document')
        #/message?id=h1|document.querySelector('.whole')?.textContent.includes('owned = 2')
        #/message?id=%22%3E%3Cscript%3Ewindow.owned%3D21%3C%2Fscript%3E|document.querySelector('h1 code')?.textContent.includes('owned=21')
        #/quarantine|document.querySelectorAll('.entries > li').length === 50
        #/scopes?failed=yes|document.body.innerText.includes('owned=24')
        #/runs|document.querySelectorAll('table.runs tbody tr').length === 50
        #/run?id=121|document.querySelectorAll('table.pages tbody tr').length === 100
        #/message?id=told|document.querySelectorAll('.story li').length === 2
        #/find?text=%3Cimg|document.querySelector('.found a')
        #/find?text=%3Cscript%3Ewindow.owned%3D25%3C%2Fscript%3E|document.querySelector('.empty')
        #/find?text=script|document.querySelector('mark')?.textContent === 'script'
        #/%3Cscript%3Ewindow.owned=26%3C/script%3E|document.querySelector('h1')?.textContent === 'Not here'
        """;
    views.lines().map(view -> view.split("\\|", 2)).forEach(view -> go(view[0], view[1]));
    assertThat(browser.evaluate("window.owned === undefined").asBoolean()).isTrue();
    go("#/room?id=hostile", "document.querySelectorAll('.message').length === 21");
    assertThat(
            browser
                .evaluate(
                    "document.querySelectorAll('main :is(script, img, iframe, style, link, meta,"
                        + " base, object, embed, [onclick], [onerror], [onload], [href^=javascript],"
                        + " a[href]:not([href^=\"#/\"]))').length")
                .asInt())
        .isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void charactersThatHideOrTurnTextAreShownByTheirNumber() {
    go("#/message?id=h13", "document.querySelector('.whole .hidden-character')");
    assertThat(browser.evaluate("document.querySelector('.whole').textContent").asText())
        .startsWith("invoice_U+202Efdp.exe")
        .contains("zeroU+200Bwidth");
    go("#/message?id=h16", "document.querySelector('.whole')?.textContent.includes('family')");
    // Joined pictures stay joined; half a character does not stay hidden.
    assertThat(browser.evaluate("document.querySelector('.whole').textContent").asText())
        .isEqualTo(
            "family \uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67 and half U+D83D of a pair");
  }

  @Test
  void aMillionCharactersAreShownPieceByPiece() {
    go("#/message?id=h19", "document.querySelector('.whole button')");
    assertThat(browser.evaluate("document.querySelector('.whole').textContent.length").asInt())
        .isLessThan(25_000);
    browser.evaluate("document.querySelector('.whole button').click()");
    browser.until("document.querySelector('.whole').textContent.length > 200000");
  }

  @Test
  void aBarSaysWhatItsWordsSay() {
    go("#/", "document.querySelectorAll('table.rooms tbody tr').length === 50");
    go("#/?show=stale", "document.querySelectorAll('table.rooms tbody tr').length === 1");
    assertThat(browser.evaluate("document.querySelector('svg.bar').ariaLabel ?? ''").asText())
        .contains("stale", "since 2025-08-30", "the server has forgotten deletions meanwhile");
    assertThat(browser.evaluate("document.querySelectorAll('svg.bar .piece.stale').length").asInt())
        .isEqualTo(1);
    go(
        "#/?show=incomplete",
        "document.querySelector('td.worth')?.textContent.includes('incomplete')");
    assertThat(browser.evaluate("document.querySelector('td.worth').textContent").asText())
        .contains("complete only from 2025-09-09", "as of ");
    assertThat(
            browser
                .evaluate(
                    "[...document.querySelectorAll('svg.bar .piece')].map(x => x.classList[1]).join()")
                .asText())
        .isEqualTo("incomplete,complete,lag");
  }

  @Test
  void everythingCanBeReachedWithTheKeyboard() {
    go("#/", "document.querySelectorAll('table.rooms tbody tr').length === 50");
    browser.press("j");
    browser.until("document.activeElement.textContent === 'square'");
    browser.press("Enter");
    browser.until(
        "document.querySelector('h1')?.textContent === 'square' && document.querySelector('.message')");
    browser.press("n");
    browser.until("location.hash.includes('before=')");
    browser.press("2");
    browser.until("document.querySelector('[data-tab=\"2\"][aria-current]')");
    browser.press("u");
    browser.until("document.querySelector('h1')?.textContent === 'Rooms'");
    browser.press("g");
    browser.press("q");
    browser.until("document.querySelector('h1')?.textContent === 'Quarantine'");
    browser.press("?");
    browser.until("document.getElementById('keys').open");
    browser.press("Escape");
    browser.until("!document.getElementById('keys').open");
    browser.press("/");
    browser.until("document.activeElement.id === 'find-text'");
  }

  @Test
  void whatAnotherProcessWritesAppearsWithoutAskingForIt() {
    go("#/room?id=partly", "document.querySelectorAll('.message').length === 2");
    try (SqliteStore writing = SqliteStore.open(file)) {
      writing.write(
          writer -> {
            writer.putMessage(
                Sample.message(new RoomId("partly"), "live", Sample.NOW, "hello, live"),
                Origin.ROOM);
            return true;
          });
      browser.until("document.querySelector('.message')?.textContent.includes('hello, live')");
    }
  }

  @Test
  void aNarrowScreenIsNeverScrolledSideways() {
    try {
      browser.size(360, 740, true);
      for (String hash :
          new String[] {
            "#/",
            "#/room?id=hostile",
            "#/room?id=square&tab=threads",
            "#/runs",
            "#/scopes",
            "#/run?id=121",
            "#/message?id=told",
            "#/quarantine",
            "#/message?id=h13",
            "#/store",
            "#/thread?id=root5"
          }) {
        browser.evaluate("document.querySelector('main').replaceChildren()");
        go(hash, "document.querySelector('main h1')");
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
            .as(hash)
            .isLessThanOrEqualTo(360);
      }
    } finally {
      browser.size(1280, 900, false);
    }
  }
}
