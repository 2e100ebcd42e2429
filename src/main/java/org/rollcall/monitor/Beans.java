package org.rollcall.monitor;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.AccountSettings;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SyncSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The beans under {@code org.rollcall}: what instruments see and may do over JMX. */
final class Beans implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Beans.class);
  private static final String BY = "JMX";

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final List<ObjectName> registered = new ArrayList<>();
  private final Settings settings;
  private final LatestFigures latest;
  private final Controls controls;

  Beans(Settings settings, LatestFigures latest, Controls controls) {
    this.settings = settings;
    this.latest = latest;
    this.controls = controls;
    register("org.rollcall:type=Service", new ServiceBean(), ServiceMXBean.class);
    for (AccountSettings account : settings.accounts().values()) {
      register(name("Account", account.name()), new AccountBean(account), AccountMXBean.class);
    }
    for (SyncSettings sync : settings.syncs().values()) {
      register(name("Sync", sync.name()), new SyncBean(sync), SyncMXBean.class);
    }
  }

  private static String name(String type, String name) {
    return "org.rollcall:type="
        + type
        + ",name="
        + ObjectName.quote(name).replaceAll("^\"([\\w.-]+)\"$", "$1");
  }

  private <T> void register(String name, T bean, Class<T> shape) {
    try {
      ObjectName object = new ObjectName(name);
      server.registerMBean(new DescribedBean(bean, shape), object);
      registered.add(object);
    } catch (JMException e) {
      LOG.warn("the bean {} is not shown: {}", name, e.getMessage());
    }
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  private final class ServiceBean implements ServiceMXBean {
    @Override
    public List<String> getReasons() {
      return controls.reasons();
    }

    @Override
    public boolean isDatabaseAnswering() {
      latest.get();
      return latest.answered();
    }

    @Override
    public @Nullable String getFiguresReadAt() {
      return latest.get().map(figures -> figures.at().toString()).orElse(null);
    }

    @Override
    public List<String> getSyncs() {
      return List.copyOf(settings.syncs().keySet());
    }

    @Override
    public List<String> getAccounts() {
      return List.copyOf(settings.accounts().keySet());
    }
  }

  private final class AccountBean implements AccountMXBean {
    private final AccountSettings account;

    AccountBean(AccountSettings account) {
      this.account = account;
    }

    private Optional<Figures.Account> now() {
      return latest.get().stream()
          .flatMap(figures -> figures.accounts().stream())
          .filter(found -> found.name().equals(account.name()))
          .findFirst();
    }

    private long number(Function<Figures.Account, Long> what) {
      return now().map(what).orElse(-1L);
    }

    @Override
    public String getToken() {
      return now().map(Figures.Account::token).orElse("not known");
    }

    @Override
    public @Nullable String getTokenExpiresAt() {
      return now().map(found -> text(found.expiresAt())).orElse(null);
    }

    @Override
    public @Nullable String getLastSuccessAt() {
      return now().map(found -> text(found.lastSuccess())).orElse(null);
    }

    @Override
    public long getQuotaLimit() {
      return account.requestsPerDay();
    }

    @Override
    public long getQuotaUsed() {
      return number(Figures.Account::used);
    }

    @Override
    public long getQuotaLeft() {
      return number(Figures.Account::left);
    }

    @Override
    public long getOpenJobs() {
      return number(Figures.Account::openJobs);
    }

    @Override
    public boolean isBusy() {
      return now().map(Figures.Account::busy).orElse(false);
    }
  }

  private final class SyncBean implements SyncMXBean {
    private final SyncSettings sync;

    SyncBean(SyncSettings sync) {
      this.sync = sync;
    }

    private Optional<Figures.Sync> now() {
      return latest.get().stream()
          .flatMap(figures -> figures.syncs().stream())
          .filter(found -> found.name().equals(sync.name()))
          .findFirst();
    }

    private long number(Function<Figures.Sync, Long> what) {
      return now().map(what).orElse(-1L);
    }

    private Optional<Figures.LastRun> last() {
      return now().stream()
          .flatMap(found -> found.runs().stream())
          .filter(run -> run.job().equals("contacts"))
          .findFirst();
    }

    @Override
    public String getAccount() {
      return sync.account();
    }

    @Override
    public long getMembers() {
      return number(Figures.Sync::members);
    }

    @Override
    public long getEligible() {
      return number(Figures.Sync::eligible);
    }

    @Override
    public String getLastState() {
      return last().map(Figures.LastRun::state).orElse("never");
    }

    @Override
    public @Nullable String getLastStartedAt() {
      return last().map(run -> text(run.startedAt())).orElse(null);
    }

    @Override
    public @Nullable String getLastFinishedAt() {
      return last().map(run -> text(run.finishedAt())).orElse(null);
    }

    @Override
    public Map<String, Long> getLastCounts() {
      return last().map(Figures.LastRun::counts).orElse(Map.of());
    }

    @Override
    public long getHeldPlans() {
      return number(Figures.Sync::held);
    }

    @Override
    public long getOpenDeadLetters() {
      return number(Figures.Sync::deadLetters);
    }

    @Override
    public long getOpenConflicts() {
      return number(Figures.Sync::conflicts);
    }

    @Override
    public boolean isRunning() {
      return now().map(Figures.Sync::busy).orElse(false);
    }

    @Override
    public @Nullable String getNextRunAt() {
      return controls.next(sync.name()).map(Instant::toString).orElse(null);
    }

    @Override
    public boolean isPaused() {
      return controls.paused(sync.name());
    }

    @Override
    public String runNow() {
      return controls.runNow(sync.name(), BY);
    }

    @Override
    public void pause() {
      controls.pause(sync.name(), true, BY);
    }

    @Override
    public void resume() {
      controls.pause(sync.name(), false, BY);
    }
  }

  @Override
  public void close() {
    for (ObjectName name : registered) {
      try {
        server.unregisterMBean(name);
      } catch (JMException e) {
        LOG.debug("the bean {} was gone already", name);
      }
    }
  }
}
