package org.rollcall.pace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.rollcall.pace.Budget.Permit;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.settings.AccountSettings;

/**
 * The one place where providers are called: in turn, within the quota, with a valid token, once.
 * Whether a failed call is made again is decided elsewhere, by the verdict.
 */
public final class Calls {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(100)
                  .maxStringLength(Limits.DEFAULT.bytes())
                  .build())
          .build();

  private final Http http;
  private final Budget budget;
  private final Bearer bearer;
  private final CallWatch watch;

  public Calls(Http http, Budget budget, Bearer bearer) {
    this(http, budget, bearer, CallWatch.NONE);
  }

  public Calls(Http http, Budget budget, Bearer bearer, CallWatch watch) {
    this.http = http;
    this.budget = budget;
    this.bearer = bearer;
    this.watch = watch;
  }

  /**
   * Makes one attempt, or two when the access token turned out to be stale.
   *
   * @return an answer with a status from 200 to 299
   * @throws ProviderException on everything else
   */
  public Answer execute(AccountSettings account, Call call) {
    return execute(account, call, () -> {});
  }

  /**
   * As {@link #execute(AccountSettings, Call)}, with a last word before each attempt leaves.
   *
   * @param gate throws when the call must not be made any more; asked after the wait for a turn,
   *     which may have been long
   */
  public Answer execute(AccountSettings account, Call call, Runnable gate) {
    URI uri = Address.of(account, call);
    String token = bearer.accessToken(account);
    Answer answer = attempt(account, call, uri, token, gate);
    if (answer.status() == 401) {
      bearer.invalidate(account, token);
      answer = attempt(account, call, uri, bearer.accessToken(account), gate);
    }
    return judged(account, call, answer);
  }

  private Answer attempt(AccountSettings account, Call call, URI uri, String token, Runnable gate) {
    try (Permit permit =
        budget.take(
            account.clientId(),
            account.requestsPerSecond(),
            account.requestsPerDay(),
            account.optOutReserve(),
            call.purpose(),
            http.limits().total())) {
      gate.run();
      return send(account, call, uri, token, permit);
    } catch (NoAnswer e) {
      throw Verdicts.on(call, e);
    }
  }

  private Answer send(AccountSettings account, Call call, URI uri, String token, Permit permit)
      throws NoAnswer {
    long began = System.nanoTime();
    int status = 0;
    try {
      Answer answer =
          http.send(call.method(), uri, headers(call, token), call.body(), permit.remaining());
      status = answer.status();
      return answer;
    } finally {
      watch.ended(account.name(), status, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private Answer judged(AccountSettings account, Call call, Answer answer) {
    if (answer.successful()) {
      if (expectsJson(call) && !isJson(call, answer)) {
        throw Verdicts.onInvalid(call, answer);
      }
      return answer;
    }
    ProviderException failure = Verdicts.on(call, answer);
    if (failure.verdict() == Verdict.QUOTA_SPENT) {
      budget.daySpent(account.clientId());
    } else if (failure.verdict() == Verdict.RETRY
        && (answer.status() == 429 || answer.status() == 403)) {
      // A 403 without a reason may be a throttle too.
      budget.throttled(account.clientId());
    }
    throw failure.verdict() == Verdict.RECONNECT ? unauthorised(account, call) : failure;
  }

  private static ProviderException unauthorised(AccountSettings account, Call call) {
    return new ProviderException(
        Verdict.RECONNECT,
        401,
        call.doing(),
        "the provider does not accept the account's token, not even a fresh one; run rollcall"
            + " connect "
            + account.name());
  }

  private static Map<String, String> headers(Call call, String token) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Accept", "application/json");
    headers.putAll(call.headers());
    headers.put("Authorization", "Bearer " + token);
    return headers;
  }

  private static boolean expectsJson(Call call) {
    return headers(call, "").getOrDefault("Accept", "").equals("application/json");
  }

  /** A read without content proves nothing; a write may be answered by its status alone. */
  private static boolean isJson(Call call, Answer answer) {
    if (answer.body().length == 0) {
      return !call.method().equals("GET") || answer.status() == 204;
    }
    try (JsonParser parser = JSON.createParser(answer.body())) {
      JsonToken first = parser.nextToken();
      parser.skipChildren();
      return first != null && first.isStructStart() && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
