package org.rollcall.route;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.rollcall.choice.Choices;
import org.rollcall.drop.FileMembers;
import org.rollcall.erasure.Erasures;
import org.rollcall.member.Column;
import org.rollcall.member.Condition;
import org.rollcall.member.Erased;
import org.rollcall.member.GroupSelection;
import org.rollcall.member.Membership;
import org.rollcall.member.SyncRules;
import org.rollcall.member.WinnerRules;
import org.rollcall.run.Run;
import org.rollcall.settings.SyncSettings;
import org.rollcall.stage.Staging;
import org.rollcall.stage.StagingArea;
import org.rollcall.store.Store;

/** Opens and closes the staging around an integrator's route. */
public final class Source {
  private static final String WORK = "rollcall.work";
  private static final String MEMBER_FILE = "direct:member-file";

  private final Store store;
  private final Erasures erasures;
  private final Choices choices;
  private final Path folder;

  /**
   * @param choices which groups staff chose
   * @param folder where rows lie while a source is read
   */
  public Source(Store store, Erasures erasures, Choices choices, Path folder) {
    this.store = store;
    this.erasures = erasures;
    this.choices = choices;
    this.folder = folder;
  }

  /** Prepares the exchange for the route that reads the members. */
  public void open(Exchange exchange) {
    Work work = Objects.requireNonNull(exchange.getMessage().getBody(Work.class));
    work.refuseBroken();
    Run run = work.run();
    run.progress().step("reading the source");
    Staging staging =
        StagingArea.open(
            store.pool(),
            run.sync(),
            rules(
                run.target().sync(),
                work.selection(choices),
                erasures.of(run.target().sync().name())),
            folder);
    work.staging(staging);
    exchange.setProperty(WORK, work);
    exchange.setProperty(Staging.PROPERTY, staging);
    exchange.setProperty(FileMembers.PROPERTY, work.file());
    exchange.setProperty(
        "rollcall.members", work.file() == null ? run.target().sync().members() : MEMBER_FILE);
    exchange.getMessage().setBody(null);
  }

  /** Takes rows that the route left in the body, and closes the reading. */
  public Work close(@ExchangeProperty(WORK) Work work, @Body Object rows) {
    Staging staging = Objects.requireNonNull(work.staging());
    stage(staging, rows);
    work.staged(staging.complete());
    work.run().counts().read = work.read().readCount();
    return work;
  }

  @SuppressWarnings("unchecked") // a route's rows are maps of column and value
  private static void stage(Staging staging, Object rows) {
    if (rows instanceof Iterable<?> several) {
      staging.maps((Iterable<? extends Map<String, ?>>) several);
    } else if (rows instanceof Iterator<?> several) {
      staging.maps((Iterator<? extends Map<String, ?>>) several);
    }
  }

  private static SyncRules rules(SyncSettings sync, GroupSelection selection, Erased erased) {
    return new SyncRules(
        sync.name(),
        selection,
        memberships(sync),
        sync.listName(),
        sync.timeZone(),
        Condition.of(sync.rules().eligible()),
        WinnerRules.of(sync.rules().winnerOrder(), sync.rules().winnerRoles()),
        erased);
  }

  /** The group of members whose row names none. */
  static String groupOfNone(SyncSettings sync) {
    return rules(sync, GroupSelection.of(sync.groups(), Map.of()), Erased.NOBODY).groupOfNone();
  }

  private static Set<Membership> memberships(SyncSettings sync) {
    return sync.memberships().stream()
        .map(name -> Membership.valueOf(name.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The columns that are no part of the row contract. */
  static List<String> customColumns(List<String> columns) {
    List<String> contract = Arrays.stream(Column.values()).map(Column::label).toList();
    return columns.stream().filter(column -> !contract.contains(column)).toList();
  }
}
