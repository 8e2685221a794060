package dev.strandline.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTextTest {
  @Test
  void withNothingBesideItsTextAMessageShowsItsText() {
    assertThat(shown("high tide", "")).isEqualTo("high tide");
    assertThat(shown("", "\"attachments\":[],\"urls\":[],\"file\":null,\"alias\":\"\"")).isEmpty();
    assertThat(shown(" ", "\"alias\":\"bot\"")).isEqualTo("— bot");
    assertThat(shown(" spaced ", "\"attachments\":[null,7,\"x\"]")).isEqualTo(" spaced ");
  }

  @Test
  void whatBotsAndWebhooksPutIntoAttachmentsIsSeen() {
    assertThat(
            shown(
                "",
                """
                "alias": "Grafana", "attachments": [{
                  "pretext": "pre", "author_name": "Ops", "title": "Disk full", "title_link": "no",
                  "text": "usage 98 percent\\nnow", "fallback": "no", "color": "no",
                  "fields": [{"short": true, "title": "Host", "value": "db7"},
                    {"title": "Free", "value": 12}, {"value": "alone"}],
                  "description": "described",
                  "actions": [{"type": "button", "text": "Silence", "msg": "no"}]
                }]"""))
        .isEqualTo(
            "pre\nOps\nDisk full\nusage 98 percent\nnow\nHost: db7\nFree: 12\nalone\ndescribed\n"
                + "Silence\n— Grafana");
  }

  @Test
  void filesShowTheirNameOnce_andWhatIsSaidOfThem() {
    assertThat(
            shown(
                "",
                """
                "file": {"_id": "f1", "name": "budget.xlsx"},
                "files": [{"name": "budget.xlsx"}, {"name": "second.pdf"}, {"name": "thumb-a.png"}],
                "attachments": [{"title": "budget.xlsx", "description": "the numbers"}]"""))
        .isEqualTo("budget.xlsx\nthe numbers\nsecond.pdf");
  }

  @Test
  void quotesShowWhomAndWhatTheyQuote_alsoAQuoteWithinOne() {
    assertThat(
            shown(
                "I agree",
                """
                "attachments": [{"author_name": "ada", "text": "low tide",
                  "message_link": "https://no", "attachments": [
                    {"author_name": "bob", "text": "when?"}]}]"""))
        .isEqualTo("I agree\nada\nlow tide\nbob\nwhen?");
  }

  @Test
  void blocksShowTheirTexts() {
    assertThat(
            shown(
                "fallback",
                """
                "blocks": [
                  {"type": "section", "blockId": "no",
                   "text": {"type": "mrkdwn", "text": "*Deploy?*"},
                   "fields": [{"type": "plain_text", "text": "Field"}],
                   "accessory": {"type": "button", "actionId": "no", "value": "no",
                     "text": {"type": "plain_text", "text": "Press"}}},
                  {"type": "context", "elements": [{"type": "plain_text", "text": "by CI"}]},
                  {"type": "input", "label": {"type": "plain_text", "text": "Reason"},
                   "element": {"type": "static_select",
                     "placeholder": {"type": "plain_text", "text": "Choose"},
                     "options": [{"value": "no", "text": {"type": "plain_text", "text": "One"}}]}}]
                """))
        .isEqualTo("fallback\n*Deploy?*\nField\nPress\nby CI\nReason\nChoose\nOne");
  }

  @Test
  void previewsOfLinksShowTitleAndDescription_unlessTheyAreSwitchedOff() {
    assertThat(
            shown(
                "https://a.example",
                """
                "urls": [
                  {"url": "https://a.example", "headers": {"title": "no"}, "meta": {
                    "pageTitle": "no", "ogTitle": "Tide tables", "description": "All harbours"}},
                  {"url": "https://b.example", "ignoreParse": true, "meta": {"pageTitle": "no"}},
                  {"url": "https://c.example", "meta": []}, {"url": "https://d.example"}]"""))
        .isEqualTo("https://a.example\nTide tables\nAll harbours");
  }

  @Test
  void whatIsRemovedOrEncryptedShowsNothingElse() {
    String attachment = "\"attachments\":[{\"text\":\"tide\"}]";
    assertThat(message("", attachment, "rm").shownText()).isEmpty();
    assertThat(message("cipher", attachment, "e2e").shownText()).isEqualTo("cipher");
    assertThat(message("pinned", attachment, "message_pinned").shownText()).contains("tide");
  }

  @Test
  void escapesAreRead_andTheLastOfTwoFieldsCounts() {
    assertThat(
            shown(
                "",
"""
                "alias": "first", "x": {"alias": "inner", "y": ["}", "\\"]", {"z": -1.5e3}]},
                "attachments" : [ {"text" : "a\\"b\\\\ \\u0416\\ud83d\\ude80\\t/\\/"} ], "alias": "last"\
"""))
        .isEqualTo("a\"b\\ Ж🚀\t//\n— last");
    assertThat(shown("", "\"alias\":\"a\",\"alias\":null")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"alias\"",
        "[\"alias\"]",
        "{\"alias\"",
        "{\"alias\":",
        "{\"alias\":\"",
        "{\"alias\":\"\\u12\"}",
        "{\"alias\":\"\\uzzzz\"}",
        "{\"alias\":}",
        "{\"alias\":\"a\" \"b\"}",
        "{\"x\":[{],\"alias\":\"a\"",
        "{\"alias\":\"a\\\"}"
      })
  void aDocumentThatIsNoJsonShowsTheTextAlone(String json) {
    assertThat(of(json, "text", null).shownText()).isEqualTo("text");
  }

  @Test
  void depthIsBounded() {
    String deep = "[".repeat(100_000);
    assertThat(of("{\"attachments\":" + deep, "text", null).shownText()).isEqualTo("text");
    assertThat(
            of("{\"md\":" + deep + "]".repeat(100_000) + ",\"alias\":\"a\"}", "t", null)
                .shownText())
        .isEqualTo("t\n— a");
  }

  private static String shown(String text, String fields) {
    return message(text, fields, null).shownText();
  }

  private static Message message(String text, String fields, @Nullable String type) {
    return of("{\"_id\":\"m\"" + (fields.isEmpty() ? "" : "," + fields) + "}", text, type);
  }

  private static Message of(String json, String text, @Nullable String type) {
    ServerTime time = ServerTime.ofEpochMilli(1);
    return Message.builder(new MessageId("m"), new RoomId("r"), time, time, json)
        .text(text)
        .type(type)
        .build();
  }
}
