package org.rollcall.route;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.rollcall.pace.Answer;
import org.rollcall.pace.Bearer;
import org.rollcall.pace.Budget;
import org.rollcall.pace.Call;
import org.rollcall.pace.CallWatch;
import org.rollcall.pace.Calls;
import org.rollcall.pace.Http;
import org.rollcall.pace.Limits;
import org.rollcall.run.Run;
import org.rollcall.run.SentMarks;
import org.rollcall.settings.AccountSettings;

/** The provider's callers, one connection pool for each set of deadlines that routes ask for. */
public final class ProviderCalls implements AutoCloseable {
  private final SentMarks marks;
  private final Budget budget;
  private final Bearer bearer;
  private final CallWatch watch;
  private final Map<Limits, Http> clients = new ConcurrentHashMap<>();

  public ProviderCalls(SentMarks marks, Budget budget, Bearer bearer, CallWatch watch) {
    this.marks = marks;
    this.budget = budget;
    this.bearer = bearer;
    this.watch = watch;
  }

  Answer execute(
      Run run,
      AccountSettings account,
      Call call,
      Duration connect,
      Duration silence,
      Duration total) {
    Limits limits =
        new Limits(
            connect,
            silence,
            Limits.DEFAULT.lease(),
            total,
            Limits.DEFAULT.bytes(),
            Limits.DEFAULT.connections());
    Http http = clients.computeIfAbsent(limits, Http::new);
    return new Calls(http, budget, bearer, watch)
        .execute(account, call, call.method().equals("GET") ? () -> {} : () -> marks.count(run));
  }

  @Override
  public void close() {
    clients.values().forEach(Http::close);
  }
}
