package dev.strandline.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.CursorUnsupportedException;
import dev.strandline.error.RoomUnavailableException;
import dev.strandline.error.ServerErrorException;
import dev.strandline.error.ThreadUnavailableException;
import dev.strandline.error.ThreadUnavailableException.Reason;
import dev.strandline.model.MessageId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server says is decided by as it came, whatever a user's id is; and shown without it. */
class DecisionsTest extends WireTest {
  private static final String MESSAGE = "/api/v1/chat.getMessage";

  private void loggedInAs(String userId) {
    transport = builder().credentials(new Credentials(userId, TOKEN)).build();
  }

  private static String refusal(String error, String type) {
    return "{\"success\":false,\"error\":\"" + error + "\",\"errorType\":\"" + type + "\"}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"not", "allowed", "error-not-allowed", "Threads", "e"})
  void aUsersIdInsideAnErrorCodeChangesNoDecision(String userId) {
    loggedInAs(userId);
    answer(SYNC, ok(refusal("Not allowed", "error-not-allowed")).withStatus(400));
    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(RoomUnavailableException.class);
    answer(THREAD, ok(refusal("Threads Disabled [error]", "error-not-allowed")).withStatus(400));
    assertThatThrownBy(() -> fetch(threadSince()))
        .isInstanceOfSatisfying(
            ThreadUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.THREADS_OFF));
    answer(MESSAGE, ok(refusal("Not allowed", "error-not-allowed")).withStatus(400));
    assertThatThrownBy(() -> transport.message(new MessageId("a"), call))
        .isInstanceOfSatisfying(
            ServerErrorException.class,
            e -> assertThat(e.errorType()).isEqualTo("error-not-allowed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"param", "additional", "invalid", "lastUpdate"})
  void r16_aUsersIdInsideAComplaintDoesNotHideThatAServerIsOld(String userId) {
    loggedInAs(userId);
    answer(SYNC, ok(refusal("x", "error-lastUpdate-param-invalid")).withStatus(400));
    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(CursorUnsupportedException.class);
    answer(
        SYNC, ok(refusal("must NOT have additional properties", "invalid-params")).withStatus(400));
    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOf(CursorUnsupportedException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(" " + userId + " "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cursor", "not-found"})
  void theServersCodeIsHandedOnAsItCameAndItsWordsWithoutTheUsersId(String userId) {
    loggedInAs(userId);
    answer(
        SYNC,
        ok(refusal("gone for " + userId + " and " + TOKEN, "error-cursor-not-found"))
            .withStatus(400));
    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOfSatisfying(
            ServerErrorException.class,
            e -> {
              assertThat(e.errorType()).isEqualTo("error-cursor-not-found");
              assertThat(e.getMessage()).contains("gone for [withheld] and [withheld]");
            });
    answer(SYNC, ok(refusal("x", "error-" + TOKEN)).withStatus(400));
    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOfSatisfying(
            ServerErrorException.class,
            e -> assertThat(e.errorType()).isEqualTo("error-[withheld]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait", "7"})
  void r15_aUsersIdInsideOfWhatALimiterSaysDoesNotChangeTheWait(String userId) {
    loggedInAs(userId);
    answer(
        SYNC,
        ok(refusal("Error, too many requests. You must wait 7 seconds", "error-too-many-requests"))
            .withStatus(429));
    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOf(dev.strandline.error.RateLimitedException.class);
    assertThat(call.pauses).isNotEmpty().allMatch(pause -> pause.toSeconds() < 15);
  }
}
