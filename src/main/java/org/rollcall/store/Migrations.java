package org.rollcall.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Brings the schema to this version, and refuses one that is newer. */
final class Migrations {
  private Migrations() {}

  static void apply(DataSource dataSource) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(dataSource)
            .locations("classpath:db/migration")
            .outOfOrder(false)
            .cleanDisabled(true)
            .load();
    try {
      refuseNewer(flyway);
      flyway.migrate();
    } catch (FlywayValidateException e) {
      throw new StoreException(
          "the database was made by another build of Rollcall whose schema differs: start that"
              + " build again, or begin with an empty database",
          e);
    } catch (FlywayException e) {
      throw new StoreException("cannot bring the database to this version: " + e.getMessage(), e);
    }
  }

  private static void refuseNewer(Flyway flyway) {
    for (MigrationInfo applied : flyway.info().applied()) {
      if (applied.getState() == MigrationState.FUTURE_SUCCESS
          || applied.getState() == MigrationState.FUTURE_FAILED) {
        throw new StoreException(
            "the database was last used by a newer Rollcall (its schema has version "
                + applied.getVersion()
                + "): start that Rollcall again, or restore the backup made before the upgrade");
      }
    }
  }
}
