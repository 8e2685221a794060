package dev.strandline.cli.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes pictures of a running page: {@code Shots LINK FOLDER (NAME WIDTH HEIGHT light|dark HASH)…}.
 */
final class Shots {
  private Shots() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    Path profile = Files.createTempDirectory("strandline-shots");
    try (Browser browser = Browser.start(Browser.installed().orElseThrow(), profile)) {
      browser.size(1280, 800, false);
      browser.open(args[0]);
      browser.until("document.querySelector('main h1') !== null");
      for (int i = 2; i + 4 < args.length; i += 5) {
        browser.size(
            Integer.parseInt(args[i + 1]),
            Integer.parseInt(args[i + 2]),
            args[i + 3].equals("dark"));
        browser.evaluate(
            "document.querySelector('main').replaceChildren(); location.hash = "
                + Browser.quoted(args[i + 4])
                + "; dispatchEvent(new HashChangeEvent('hashchange'))");
        browser.until("document.querySelector('main h1') !== null");
        browser.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Files.write(folder.resolve(args[i] + ".png"), browser.screenshot());
      }
      browser.complaints().forEach(System.out::println);
    }
  }
}
