package org.rollcall.route;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;
import org.rollcall.activity.Interactions;
import org.rollcall.consent.Ledger;
import org.rollcall.handover.HandOver;
import org.rollcall.handover.Round;
import org.rollcall.run.Run;
import org.rollcall.settings.SyncSettings;

/** Hands a matter to an integrator's route, batch by batch, within the shipped route about it. */
public final class HandingOver {
  private static final String WORK = "rollcall.work";
  private static final String ROUND = "rollcall.round";
  private static final String ROUTE = "rollcall.handOver";

  private final HandOver handOver;
  private final Function<SyncSettings, @Nullable String> setting;
  private final Consumer<Work> before;

  private HandingOver(
      HandOver handOver, Function<SyncSettings, @Nullable String> setting, Consumer<Work> before) {
    this.handOver = handOver;
    this.setting = setting;
    this.before = before;
  }

  /** Opt-outs, to the route of the setting opt-outs; whose they are is noted first. */
  public static HandingOver ofOptOuts(HandOver handOver, Ledger ledger) {
    return new HandingOver(
        handOver,
        SyncSettings::optOuts,
        work -> ledger.attach(work.run(), work.plan() == null ? work.run().startedAt() : null));
  }

  /** Addresses changed at the provider, to the route of the setting address-changes. */
  public static HandingOver ofAddresses(HandOver handOver) {
    return new HandingOver(handOver, sync -> sync.identity().changes(), work -> {});
  }

  /** Activities, to the route of the setting interactions; they are put beside their members. */
  public static HandingOver ofInteractions(HandOver handOver, Interactions interactions) {
    return new HandingOver(
        handOver,
        sync -> sync.activities().interactions(),
        work -> {
          boolean wanted = work.run().target().sync().activities().interactions() != null;
          if (wanted && work.isInEarnest()) {
            interactions.link(work.run());
          }
        });
  }

  /** Prepares the exchange for the loop. */
  public void open(Exchange exchange) {
    Work work = Objects.requireNonNull(exchange.getMessage().getBody(Work.class));
    Run run = work.run();
    before.accept(work);
    String route = setting.apply(run.target().sync());
    exchange.setProperty(WORK, work);
    exchange.setProperty(ROUTE, route);
    boolean hands =
        route != null && !run.scope().dryRun() && work.waiting(handOver.matter()) == null;
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
      work.waiting(handOver.matter(), round.end(exchange.getProperty(ROUTE, String.class)));
    }
    exchange.getMessage().setBody(work);
  }

  private static Round round(Exchange exchange) {
    return Objects.requireNonNull(exchange.getProperty(ROUND, Round.class));
  }
}
