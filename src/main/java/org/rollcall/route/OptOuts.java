package org.rollcall.route;

import java.time.Instant;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;
import org.rollcall.consent.HandOver;
import org.rollcall.consent.Ledger;
import org.rollcall.consent.Round;
import org.rollcall.run.Run;

/** Hands opt-outs to an integrator's route, batch by batch, within the route opt-outs. */
public final class OptOuts {
  private static final String WORK = "rollcall.work";
  private static final String ROUND = "rollcall.round";
  private static final String ROUTE = "rollcall.optOuts";

  private final Ledger ledger;
  private final HandOver handOver;

  public OptOuts(Ledger ledger, HandOver handOver) {
    this.ledger = ledger;
    this.handOver = handOver;
  }

  /** Notes whose opt-outs are new, and prepares the exchange for the loop. */
  public void open(Exchange exchange) {
    Work work = Objects.requireNonNull(exchange.getMessage().getBody(Work.class));
    Run run = work.run();
    @Nullable Instant since = work.plan() == null ? run.startedAt() : null;
    ledger.attach(run, since);
    String route = run.target().sync().optOuts();
    exchange.setProperty(WORK, work);
    exchange.setProperty(ROUTE, route);
    boolean hands = route != null && !run.scope().dryRun() && work.waiting() == null;
    exchange.setProperty(ROUND, hands ? handOver.begin(run) : null);
  }

  /** Whether there is another batch for the integrator's route. */
  public boolean more(Exchange exchange) {
    Round round = exchange.getProperty(ROUND, Round.class);
    return round != null && round.more();
  }

  /** Puts the next batch into the body; nothing that a batch left behind goes with it. */
  public void next(Exchange exchange) {
    DefaultMessage message = new DefaultMessage(exchange);
    message.setBody(round(exchange).next());
    exchange.setMessage(message);
  }

  /** The integrator's route ended well. */
  public void handed(Exchange exchange) {
    round(exchange).handed();
  }

  public void failed(Exchange exchange) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    round(exchange).failed(String.valueOf(RouteCaller.unwrapped(failure).getMessage()));
  }

  public void close(Exchange exchange) {
    Work work = exchange.getProperty(WORK, Work.class);
    Round round = exchange.getProperty(ROUND, Round.class);
    if (round != null) {
      work.waiting(round.end(exchange.getProperty(ROUTE, String.class)));
    }
    exchange.getMessage().setBody(work);
  }

  private static Round round(Exchange exchange) {
    return Objects.requireNonNull(exchange.getProperty(ROUND, Round.class));
  }
}
