package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server derives from a message's text: links, mentions, channels and the parsed tree. */
final class MessageText {
  private static final Pattern SPECIAL =
      Pattern.compile(
          "(?<url>https?://[^\\s)\\]]+)|(?<![\\w@#])(?:@(?<user>[\\w.-]+)|#(?<channel>[\\w.-]+))");

  private MessageText() {}

  /**
   * Sets {@code urls}, {@code mentions}, {@code channels} and {@code md} of a document from a text.
   */
  static void describe(ObjectNode document, String text, Map<String, FakeUser> users) {
    ArrayNode urls = document.putArray("urls");
    ArrayNode mentions = document.putArray("mentions");
    ArrayNode channels = document.putArray("channels");
    ArrayNode parsed =
        document.putArray("md").addObject().put("type", "PARAGRAPH").putArray("value");
    if (text.indexOf('@') < 0 && text.indexOf('#') < 0 && !text.contains("://")) {
      plain(parsed, text);
      return;
    }
    Matcher special = SPECIAL.matcher(text);
    int end = 0;
    while (special.find()) {
      if (special.group("url") != null) {
        plain(parsed, text.substring(end, special.start()));
        url(urls, parsed, special.group("url"));
      } else if (special.group("user") != null) {
        plain(parsed, text.substring(end, special.start()));
        mention(mentions, parsed, special.group("user"), users);
      } else {
        plain(parsed, text.substring(end, special.start()));
        channels.addObject().put("name", special.group("channel"));
        node(parsed, "MENTION_CHANNEL", special.group("channel"));
      }
      end = special.end();
    }
    plain(parsed, text.substring(end));
  }

  private static void plain(ArrayNode parsed, String text) {
    if (!text.isEmpty()) {
      parsed.addObject().put("type", "PLAIN_TEXT").put("value", text);
    }
  }

  private static void url(ArrayNode urls, ArrayNode parsed, String url) {
    urls.addObject().put("url", url).putObject("meta");
    ObjectNode link = parsed.addObject().put("type", "LINK");
    ObjectNode value = link.putObject("value");
    value.putObject("src").put("type", "PLAIN_TEXT").put("value", url);
    value.putArray("label").addObject().put("type", "PLAIN_TEXT").put("value", url);
  }

  private static void mention(
      ArrayNode mentions, ArrayNode parsed, String username, Map<String, FakeUser> users) {
    for (FakeUser user : users.values()) {
      if (user.username().equals(username)) {
        mentions.add(Messages.author(user).put("type", "user"));
      }
    }
    node(parsed, "MENTION_USER", username);
  }

  private static void node(ArrayNode parsed, String type, String text) {
    ObjectNode mention = parsed.addObject().put("type", type);
    mention.putObject("value").put("type", "PLAIN_TEXT").put("value", text);
  }
}
