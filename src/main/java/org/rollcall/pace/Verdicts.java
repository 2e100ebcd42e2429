package org.rollcall.pace;

import static org.rollcall.pace.ProviderException.Verdict.CONFLICT;
import static org.rollcall.pace.ProviderException.Verdict.FORBIDDEN;
import static org.rollcall.pace.ProviderException.Verdict.NOT_FOUND;
import static org.rollcall.pace.ProviderException.Verdict.QUEUE_FULL;
import static org.rollcall.pace.ProviderException.Verdict.QUOTA_SPENT;
import static org.rollcall.pace.ProviderException.Verdict.READ_BACK;
import static org.rollcall.pace.ProviderException.Verdict.RECONNECT;
import static org.rollcall.pace.ProviderException.Verdict.REFUSED;
import static org.rollcall.pace.ProviderException.Verdict.RETRY;

import java.util.List;
import java.util.Locale;
import org.rollcall.pace.ProviderException.Verdict;

/** From what came back to what has to be done about it: a table, and nothing else. */
final class Verdicts {
  private Verdicts() {}

  /** On an answer that is not a success. */
  static ProviderException on(Call call, Answer answer) {
    ErrorBody error = ErrorBody.of(answer.body());
    Verdict verdict = verdict(call, answer.status(), error);
    return new ProviderException(
        verdict, answer.status(), call.doing(), why(verdict, error), error.messages(), null);
  }

  /** On a request without a complete answer. */
  static ProviderException on(Call call, NoAnswer trouble) {
    Verdict verdict = trouble.sent() ? unknownOutcome(call) : RETRY;
    String why = "the provider: " + trouble.getMessage();
    return new ProviderException(verdict, 0, call.doing(), why, List.of(), trouble);
  }

  /** On a success whose body is not what a success brings. */
  static ProviderException onInvalid(Call call, Answer answer) {
    return new ProviderException(
        unknownOutcome(call), answer.status(), call.doing(), "the provider's answer is not JSON");
  }

  private static Verdict verdict(Call call, int status, ErrorBody error) {
    return switch (status) {
      case 401 -> RECONNECT;
      // Without a reason in JSON it comes from something in between, or is a throttle in disguise.
      case 403 -> error.json() ? FORBIDDEN : RETRY;
      case 404, 410 -> NOT_FOUND;
      case 408 -> unknownOutcome(call);
      case 409 -> CONFLICT;
      case 429 -> tooMany(call, error);
      default -> status >= 400 && status < 500 ? REFUSED : unknownOutcome(call);
    };
  }

  private static Verdict tooMany(Call call, ErrorBody error) {
    if (error.says("quota_exceeded")) {
      return QUOTA_SPENT;
    }
    if (error.says("throttled")) {
      return RETRY;
    }
    return submitsJob(call) && (error.array() || error.saysQueue()) ? QUEUE_FULL : RETRY;
  }

  private static boolean submitsJob(Call call) {
    return call.method().toUpperCase(Locale.ROOT).equals("POST")
        && call.path().contains("/activities/");
  }

  private static Verdict unknownOutcome(Call call) {
    return call.repeatable() ? RETRY : READ_BACK;
  }

  private static String why(Verdict verdict, ErrorBody error) {
    String sentence =
        switch (verdict) {
          case RETRY, READ_BACK -> "the provider is not able to answer now";
          case QUOTA_SPENT -> "the day's requests are used up; it resumes at 00:00 UTC";
          case QUEUE_FULL -> "the provider's queue of jobs is full";
          case RECONNECT -> "the provider does not accept the connection any more";
          case REFUSED -> "the provider refused it";
          case NOT_FOUND -> "the provider does not know it";
          case CONFLICT -> "the provider holds something else";
          case FORBIDDEN -> "the account lacks a right, or the application is switched off";
        };
    String said = error.masked();
    return said.isEmpty() ? sentence : sentence + ": " + said;
  }
}
