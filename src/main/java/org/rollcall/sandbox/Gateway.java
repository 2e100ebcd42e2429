package org.rollcall.sandbox;

import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the interface: tokens, limits, ordered trouble, scopes and rights, in this
 * order. Its own refusals are bare objects.
 */
final class Gateway {
  private final Router router;
  private final Grants grants;
  private final Clients clients;
  private final RequestLimits limits;
  private final Faults faults;
  private final Clock clock;

  Gateway(
      Router router,
      Grants grants,
      Clients clients,
      RequestLimits limits,
      Faults faults,
      Clock clock) {
    this.router = router;
    this.grants = grants;
    this.clients = clients;
    this.limits = limits;
    this.faults = faults;
    this.clock = clock;
  }

  /** An answer and how it was decided; the decision goes to the journal. */
  record Decided(Answer answer, String decision) {}

  Decided answer(Call call) throws InterruptedException {
    Grant grant = grants.authorised(call.header("authorization"), clock.instant());
    if (grant == null) {
      return new Decided(Answer.gateway(401, "unauthorized", "Unauthorized"), "unauthorized");
    }
    call.grant = grant;
    call.clientId = grant.clientId;
    Decided refused = overLimit(limits.admit(grant.clientId));
    if (refused != null) {
      return refused;
    }
    call.fault = faults.take(call.method, call.path);
    if (call.fault != null) {
      Answer instead = Trouble.before(call, call.fault);
      if (instead != null) {
        return new Decided(instead, "fault:" + call.fault.effect());
      }
    }
    return operate(call, grant);
  }

  private @Nullable Decided overLimit(RequestLimits.Verdict verdict) {
    return switch (verdict) {
      case ACCEPTED -> null;
      case THROTTLED ->
          new Decided(Answer.gateway(429, "throttled", "Too Many Requests"), "throttled");
      case QUOTA_EXCEEDED ->
          new Decided(Answer.gateway(429, "quota_exceeded", "Limit Exceeded"), "quota_exceeded");
    };
  }

  private Decided operate(Call call, Grant grant) {
    String path = call.path.substring("/v3".length());
    Router.Route route = router.find(call, path);
    if (route == null) {
      return router.knowsPath(path)
          ? new Decided(Answer.gateway(405, "method_not_allowed", "Method Not Allowed"), "refused")
          : new Decided(Refusal.notFound("The requested resource").answer(), "refused");
    }
    if (!clients.allowed(grant, route.scope(), route.privilege())) {
      return new Decided(Answer.gateway(403, "forbidden", "Forbidden"), "forbidden");
    }
    Account account = grant.account();
    account.store().change(account.campaigns()::withdraw);
    try {
      return new Decided(route.operation().answer(call), "accepted");
    } catch (Refusal refusal) {
      return new Decided(refusal.answer(), "refused");
    }
  }
}
