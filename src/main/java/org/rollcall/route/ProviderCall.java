package org.rollcall.route;

import java.time.Duration;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;
import org.rollcall.pace.Call;
import org.rollcall.run.Run;
import org.rollcall.settings.AccountSettings;

/**
 * The bean inside kamelet:provider-call-action: makes the call in the message's body and puts the
 * answer in its place. One attempt; whether there are more is the route's error policy.
 */
public final class ProviderCall {
  /** The exchange property under which the routes find the run. */
  static final String RUN = "rollcall.run";

  private @Nullable ProviderCalls calls;
  private String connectTimeout = "10s";
  private String answerTimeout = "60s";
  private String totalTimeout = "2m";
  private int requestsPerSecond;

  public void execute(Exchange exchange) {
    Run run = exchange.getProperty(RUN, Run.class);
    Call call = exchange.getMessage().getBody(Call.class);
    if (run == null || call == null) {
      throw new IllegalStateException(
          "kamelet:provider-call-action needs a call in the body, within a run");
    }
    run.countRequest();
    exchange
        .getMessage()
        .setBody(
            Objects.requireNonNull(calls)
                .execute(
                    run,
                    paced(run.target().account()),
                    call,
                    duration(connectTimeout),
                    duration(answerTimeout),
                    duration(totalTimeout)));
  }

  private AccountSettings paced(AccountSettings account) {
    return requestsPerSecond <= 0 || requestsPerSecond >= account.requestsPerSecond()
        ? account
        : account.withRequestsPerSecond(requestsPerSecond);
  }

  private static Duration duration(String text) {
    return Duration.ofMillis(TimeUtils.toMilliSeconds(text));
  }

  public void setCalls(ProviderCalls calls) {
    this.calls = calls;
  }

  public void setConnectTimeout(String connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  public void setAnswerTimeout(String answerTimeout) {
    this.answerTimeout = answerTimeout;
  }

  public void setTotalTimeout(String totalTimeout) {
    this.totalTimeout = totalTimeout;
  }

  public void setRequestsPerSecond(int requestsPerSecond) {
    this.requestsPerSecond = requestsPerSecond;
  }
}
