package dev.strandline.error;

import dev.strandline.model.MessageId;

/**
 * A thread's own feed cannot be had; the reason says whether that is a state or a refusal (R13).
 */
public final class ThreadUnavailableException extends StrandlineException {
  private static final long serialVersionUID = 1L;

  /** Why a thread's feed cannot be had. */
  public enum Reason {
    /** The root does not exist (any more): a state of the thread, not a failure. */
    ROOT_GONE("its root message is gone from the server"),
    /** The workspace has threads switched off: a state of the workspace. */
    THREADS_OFF("threads are switched off on this server"),
    /** The room that the thread is in cannot be read by the caller. */
    NOT_ALLOWED("its room cannot be read by this account");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private final transient MessageId root;
  private final Reason reason;

  public ThreadUnavailableException(MessageId root, Reason reason) {
    super(
        "Thread "
            + root
            + " has no feed of its own: "
            + reason.text
            + ". Stored replies stay readable, and the room's own feeds still carry replies.",
        null);
    this.root = root;
    this.reason = reason;
  }

  /** The thread's root. */
  public MessageId root() {
    return root;
  }

  public Reason reason() {
    return reason;
  }

  @Override
  public Recovery recovery() {
    return Recovery.SKIP_SCOPE;
  }

  @Override
  public String kind() {
    return switch (reason) {
      case ROOT_GONE -> "thread-root-gone";
      case THREADS_OFF -> "threads-off";
      case NOT_ALLOWED -> "room-unavailable";
    };
  }
}
