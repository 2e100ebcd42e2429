package org.rollcall.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The association's member database: how it begins, and what its office does to it in a day. */
final class Association {
  private static final int COMPANIES = 420;
  private static final int INDIVIDUALS = 4_500;
  private static final int JOINERS = 11;
  private static final LocalDate FOUNDED = LocalDate.of(1998, 3, 1);

  private final Connection database;
  private final Population population;
  private int members;

  Association(Connection database, long seed) {
    this.database = database;
    this.population = new Population(seed);
  }

  /** What the office did in a day. */
  record Day(int joined, int left, int renamed, int newAddresses, int movedGroup, int optedOut) {}

  static String resource(String name) {
    try (InputStream in = Association.class.getResourceAsStream("/demo/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the tables and fills them; gives the number of members. */
  int found() throws SQLException {
    database.setAutoCommit(false);
    execute(resource("association.sql"));
    for (String team : Teams.NAMES) {
      update("INSERT INTO team VALUES (?, ?)", Teams.id(team), team);
    }
    try (Registry registry = new Registry()) {
      Cast.companies().forEach(registry::add);
      population.companies(COMPANIES, registry::add);
      registry.flush();
      Cast.people().forEach(registry::add);
      population.contacts(registry::add);
      population.people(INDIVIDUALS, registry::add);
      registry.flush();
    }
    execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader");
    database.commit();
    return members;
  }

  /** Joins, leaves, renames, moves, and somebody who wants no more marketing. */
  Day aDay() throws SQLException {
    int before = members;
    try (Registry registry = new Registry()) {
      registry.add(Cast.JOINER);
      population.people(JOINERS, registry::add);
      registry.flush();
    }
    int left =
        update("DELETE FROM person WHERE id = ?", Cast.LEAVES)
            + update(
                "DELETE FROM person WHERE id IN ("
                    + " SELECT p.id FROM person p WHERE p.company_id IS NULL AND p.id > 100"
                    + " AND p.id % 97 = 5"
                    + " AND NOT EXISTS (SELECT FROM person c WHERE c.beneficiary_of = p.id)"
                    + " ORDER BY p.id LIMIT 19)");
    int renamed =
        update("UPDATE person SET last_name = ? WHERE id = ?", "Ferreira", Cast.MARRIES)
            + update(
                "UPDATE person SET last_name = ? WHERE id = ?", "Walsh-Moreau", Cast.UNSUBSCRIBES)
            + update("UPDATE person SET job_title = 'Chair' WHERE id > 100 AND id % 400 = 7");
    int addresses =
        update("UPDATE person SET email = ? WHERE id = ?", Cast.NEW_ADDRESS, Cast.MOVES_ADDRESS);
    int moved =
        update(
            "UPDATE belongs SET team_id = ? WHERE team_id = ? AND person_id % 60 = 3"
                + " AND person_id > 100",
            Teams.id(Teams.HILLS), Teams.id(Teams.HARBOUR));
    int optedOut = update("UPDATE person SET no_marketing = true WHERE id = ?", Cast.TICKS_OPT_OUT);
    database.commit();
    return new Day(members - before, left, renamed, addresses, moved, optedOut);
  }

  /** The night on which a restore went wrong: everybody's groups are gone. */
  void losesItsGroups() throws SQLException {
    execute("CREATE TABLE belongs_before AS TABLE belongs; TRUNCATE belongs");
    database.commit();
  }

  void findsItsGroups() throws SQLException {
    execute("INSERT INTO belongs SELECT * FROM belongs_before; DROP TABLE belongs_before");
    database.commit();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  /** Takes new members in, many rows at a time. */
  private final class Registry implements AutoCloseable {
    private final PreparedStatement companies =
        prepared(
            "INSERT INTO company (id, name, email, phone, street, city, postcode, country,"
                + " parent_id, chapter, joined_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    private final PreparedStatement people =
        prepared(
            "INSERT INTO person (id, first_name, last_name, email, phone, born_on, street, city,"
                + " postcode, country, company_id, role, beneficiary_of, can_sign_in, chapter,"
                + " joined_on, state, no_marketing) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                + " ?, ?, ?, ?, ?)");
    private final PreparedStatement belongs =
        prepared(
            "INSERT INTO belongs (team_id, person_id, company_id, enabled) VALUES (?, ?, ?, ?)");

    private PreparedStatement prepared(String sql) {
      try {
        return database.prepareStatement(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    void add(Company company) {
      int id = company.id();
      batch(
          companies,
          id,
          company.name(),
          company.email(),
          "+44 20 7946 %04d".formatted(id % 1000),
          "Market Street " + id % 120,
          "Portbury",
          "PB%d %dXX".formatted(id % 30, id % 9),
          "United Kingdom",
          company.parent(),
          chapter(company.teams()),
          FOUNDED.plusDays(id * 7L % 9_000));
      company.teams().forEach(team -> batch(belongs, Teams.id(team), null, id, true));
      members++;
    }

    void add(Person person) {
      int id = person.id();
      batch(
          people,
          id,
          person.first(),
          person.last(),
          person.email(),
          "+44 20 7946 %04d".formatted(id % 1000),
          LocalDate.of(1950 + id % 55, 1 + id % 12, 1 + id % 28),
          "Hill Road " + id % 140,
          "Portbury",
          "PB%d %dXX".formatted(id % 30, id % 9),
          "United Kingdom",
          person.company(),
          person.role(),
          person.beneficiaryOf(),
          person.signsIn(),
          chapter(person.teams()),
          FOUNDED.plusDays(id * 11L % 9_500),
          person.state(),
          person.noMarketing());
      for (String team : person.teams()) {
        batch(belongs, Teams.id(team), id, null, !team.equals(person.disabledIn()));
      }
      members++;
    }

    private static String chapter(List<String> teams) {
      return teams.contains(Teams.HARBOUR)
          ? "Harbour"
          : teams.contains(Teams.HILLS) ? "Hills" : "Central";
    }

    private static void batch(PreparedStatement statement, @Nullable Object... values) {
      try {
        for (int i = 0; i < values.length; i++) {
          if (values[i] == null) {
            statement.setNull(i + 1, java.sql.Types.NULL);
          } else {
            statement.setObject(i + 1, values[i]);
          }
        }
        statement.addBatch();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Those who are referred to come first. */
    void flush() throws SQLException {
      companies.executeBatch();
      people.executeBatch();
      belongs.executeBatch();
    }

    @Override
    public void close() throws SQLException {
      companies.close();
      people.close();
      belongs.close();
    }
  }
}
