package org.rollcall.pace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider call that gave no usable answer. The message says what was being done, never to whom;
 * the verdict says what the caller has to do.
 */
public final class ProviderException extends RuntimeException {
  /** What follows from a failed call. */
  public enum Verdict {
    /** Nothing happened at the provider; the same call may be made again. */
    RETRY,
    /** The call may or may not have worked: read back before repeating. */
    READ_BACK,
    /** The day's quota is spent: nothing more before 00:00 UTC. */
    QUOTA_SPENT,
    /** The account's queue of bulk jobs is full: poll the running ones, then try again. */
    QUEUE_FULL,
    /** The connection is dead until a person connects the account again. */
    RECONNECT,
    /** The request was refused for good; repeating it would be refused again. */
    REFUSED,
    /** The object does not exist (any more). */
    NOT_FOUND,
    /** Somebody else changed the same object, or it exists already: read again, decide again. */
    CONFLICT,
    /** The account lacks a right or the application is switched off: stop the account. */
    FORBIDDEN
  }

  private final Verdict verdict;
  private final int status;
  private final transient List<String> messages;

  public ProviderException(Verdict verdict, int status, String doing, String why) {
    this(verdict, status, doing, why, List.of(), null);
  }

  ProviderException(
      Verdict verdict,
      int status,
      String doing,
      String why,
      List<String> messages,
      @Nullable Throwable cause) {
    super(doing + ": " + why + (status > 0 ? " (status " + status + ")" : ""), cause);
    this.verdict = verdict;
    this.status = status;
    this.messages = List.copyOf(messages);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  public Verdict verdict() {
    return verdict;
  }

  /** The HTTP status, or 0 when no answer came. */
  public int status() {
    return status;
  }

  /**
   * The provider's own sentences as they came, to find the refused record with. They may quote
   * addresses: neither log nor show them.
   */
  public List<String> messages() {
    return messages;
  }
}
