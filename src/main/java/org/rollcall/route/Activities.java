package org.rollcall.route;

import org.rollcall.activity.ActivityReports;
import org.rollcall.activity.Forecast;
import org.rollcall.run.Run;
import org.rollcall.settings.AccountSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** The steps of the activities job, one method each, in the order of the route. */
public final class Activities {
  private final ActivityReports reports;
  private final Store store;

  public Activities(ActivityReports reports, Store store) {
    this.reports = reports;
    this.store = store;
  }

  /** Asks which campaigns have news, and notes what reading them will cost. */
  public void look(Work work) {
    ActivityReports.Reading reading = reports.begin(work.run(), work.provider());
    work.reading(reading);
    note(work.run(), reading.look());
  }

  private void note(Run run, Forecast forecast) {
    AccountSettings account = run.target().account();
    long perMinute = 60L * account.requestsPerSecond();
    long minutes = (forecast.requests() + perMinute - 1) / perMinute;
    double percent = Math.round(forecast.requests() * 1000.0 / account.requestsPerDay()) / 10.0;
    store.run(
        connection ->
            Query.of(
                    connection,
                    "UPDATE run SET forecast = jsonb_build_object('calls', :calls::bigint,"
                        + " 'minutes', :minutes::bigint, 'quotaPercent', :percent::numeric,"
                        + " 'campaigns', :campaigns::bigint, 'pages', :pages::bigint,"
                        + " 'optOutPages', :optOuts::bigint, 'left', :left::bigint)"
                        + " WHERE run_id = :run")
                .bind("calls", forecast.requests())
                .bind("minutes", minutes)
                .bind("percent", percent)
                .bind("campaigns", forecast.campaigns())
                .bind("pages", forecast.pages())
                .bind("optOuts", forecast.optOutPages())
                .bind("left", forecast.left())
                .bind("run", run.id())
                .update());
  }

  public void optOuts(Work work) {
    work.reading().optOuts();
  }

  public void others(Work work) {
    work.reading().others();
  }
}
