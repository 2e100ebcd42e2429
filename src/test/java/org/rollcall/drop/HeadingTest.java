package org.rollcall.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.file.FileException;
import org.rollcall.member.Column;
import org.rollcall.settings.DropSettings;

class HeadingTest {
  private static HeadingRules rules(Map<String, String> declared) {
    return new HeadingRules("chamber", declared, false, false);
  }

  private static HeadingMapping map(Map<String, String> declared, String... header) {
    return HeadingMapper.map(List.of(header), rules(declared), List.of());
  }

  private static List<String> names(HeadingMapping mapping) {
    assertThat(mapping.problems()).isEmpty();
    return mapping.meanings().stream().map(HeadingMeaning::toString).toList();
  }

  private static String problem(HeadingMapping mapping) {
    assertThat(mapping.problems()).hasSize(1);
    HeadingProblem problem = mapping.problems().get(0);
    return problem.what() + " (" + problem.remedy() + ")";
  }

  @Test
  void declared_names_are_found_whatever_their_case_and_the_white_space_in_and_around_them() {
    HeadingMapping mapping =
        map(
            Map.of("Our Key", "member_key", "E Post", "email", "Shoe  size", "Shoes"),
            "\ufeff our\u00a0 KEY\u200b ",
            "e\tpost",
            " SHOE size");

    assertThat(names(mapping)).containsExactly("member_key", "email", "custom field Shoes");
  }

  @Test
  void names_of_the_row_contract_need_no_declaration() {
    String[] header = {"member_key", "kind", "EMAIL", "First Name", "status", "membership", "role"};

    assertThat(names(map(Map.of(), header)))
        .containsExactly(
            "member_key", "kind", "email", "first_name", "status", "membership", "role");
  }

  @ParameterizedTest
  @CsvSource({
    "Email Address,email",
    "E-mail 1 - Value,email",
    "E-Mail-Adresse,email",
    "Adresse e-mail,email",
    "Vorname,first_name",
    "PRÉNOM,first_name",
    "Achternaam,last_name",
    "Zip/Postal Code,postal_code",
    "PLZ,postal_code",
    "Straße,street",
    "Job title,job_title",
    "Organization,company_name",
    "Group name,group",
    "No Bulk Emails (User Opt Out),marketing_opt_out",
    "email_opt_in,not marketing_opt_out",
    "OPTIN_TIME,left out"
  })
  void usual_spellings_need_no_declaration(String heading, String meaning) {
    assertThat(names(map(Map.of(), "Member ID", heading))).containsExactly("member_key", meaning);
  }

  @Test
  void exports_of_common_systems_are_understood_as_they_come() {
    String[] wildApricot = {
      "User ID",
      "First name",
      "Last name",
      "Organization",
      "Email",
      "Phone",
      "Membership status",
      "Group participation",
      "Subscribed to emails",
      "Profile last update"
    };

    assertThat(names(map(Map.of(), wildApricot)))
        .containsExactly(
            "member_key",
            "first_name",
            "last_name",
            "company_name",
            "email",
            "phone",
            "status",
            "left out",
            "not marketing_opt_out",
            "updated_at");
  }

  @Test
  void missing_key_is_an_error_that_names_what_it_could_be() {
    assertThat(problem(map(Map.of(), "ID", "Email", "Acme Nr", "Street")))
        .isEqualTo(
            "no column is the member_key (write rollcall.drops.chamber.columns.ID=member_key, or"
                + " rollcall.drops.chamber.columns.Acme Nr=member_key if it holds the key that never"
                + " changes; files without keys: rollcall.drops.chamber.key=email)");
  }

  @Test
  void address_may_stand_for_the_key_and_then_no_other_key_is_read() {
    HeadingRules rules = new HeadingRules("chamber", Map.of(), false, true);
    HeadingMapping mapping = HeadingMapper.map(List.of("Email", "Member ID"), rules, List.of());

    assertThat(names(mapping)).containsExactly("email", "left out");
    assertThat(mapping.notes())
        .containsExactly(
            "The column \"Member ID\" is left out, because rollcall.drops.chamber.key=email.");
    assertThat(problem(HeadingMapper.map(List.of("Name", "Mail box"), rules, List.of())))
        .contains("no column is the email", "rollcall.drops.chamber.columns.Mail box=email");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ID", "Number", "Name", "Type", "Date", "Address", "Full Name", "Role"})
  void names_that_mean_several_things_are_left_out_and_told_with_the_setting(String heading) {
    HeadingMapping mapping = map(Map.of(), "Some code no", "Note to self", heading);
    HeadingMapping declared =
        map(Map.of("Some code no", "member_key"), "Some code no", "Note to self", heading);

    assertThat(mapping.meanings().get(2)).isEqualTo(HeadingMeaning.LEFT_OUT);
    assertThat(declared.meanings().get(2)).isEqualTo(HeadingMeaning.LEFT_OUT);
    if (!heading.equals("ID") && !heading.equals("Number")) {
      assertThat(declared.notes())
          .anyMatch(note -> note.contains("rollcall.drops.chamber.columns." + heading + "="));
    }
  }

  @Test
  void name_beside_a_first_name_and_a_company_is_told_as_long_as_there_is_no_last_name() {
    assertThat(map(Map.of(), "Member ID", "Prénom", "Nom", "Société").notes())
        .containsExactly(
            "The column \"Nom\" is left out, because its name may mean several things; write"
                + " rollcall.drops.chamber.columns.Nom=last_name, or"
                + " rollcall.drops.chamber.columns.Nom=- to leave it out.");
    assertThat(map(Map.of(), "Member ID", "Vorname", "Nachname", "Name", "Firma").notes())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Status", "Unsubscribed", "Opt-In", "Email status", "Active", "Consent"})
  void names_that_may_decide_who_gets_mail_have_to_be_declared(String heading) {
    assertThat(problem(map(Map.of(), "Member ID", heading)))
        .startsWith("the column \"" + heading + "\" may decide who gets mail")
        .contains("rollcall.drops.chamber.columns." + heading + "=-");
    assertThat(names(map(Map.of(heading, "-"), "Member ID", heading)))
        .containsExactly("member_key", "left out");
    assertThat(names(map(Map.of(heading, "not marketing_opt_out"), "Member ID", heading)))
        .containsExactly("member_key", "not marketing_opt_out");
  }

  @Test
  void two_columns_for_one_are_an_error_that_names_both() {
    assertThat(problem(map(Map.of(), "Member ID", "Email", "E-mail address")))
        .isEqualTo(
            "the columns \"Email\" (column 2), \"E-mail address\" (column 3) are all email (leave"
                + " one out: rollcall.drops.chamber.columns.E-mail address=-)");
    assertThat(problem(map(Map.of(), "Member ID", "Email", " email")))
        .contains("\"Email\" (column 2), \"email\" (column 3)", "rename one of them in the file");
    assertThat(problem(map(Map.of(), "Member ID", "Group", "Groups"))).contains("both hold groups");
  }

  @Test
  void declared_column_stands_before_one_that_is_merely_recognised() {
    HeadingMapping mapping = map(Map.of("Work email", "email"), "Member ID", "Email", "Work email");

    assertThat(names(mapping)).containsExactly("member_key", "left out", "email");
    assertThat(mapping.notes())
        .containsExactly(
            "The column \"Email\" is left out, because \"Work email\" is declared to be email.");
  }

  @Test
  void declared_column_that_is_missing_is_an_error_with_the_nearest_name() {
    assertThat(problem(map(Map.of("Mail adress", "email"), "Member ID", "Mail address 2")))
        .isEqualTo(
            "there is no column \"Mail adress\", which is declared to be email (the nearest is \"Mail"
                + " address 2\"; correct the file, or the setting"
                + " rollcall.drops.chamber.columns.Mail adress=...)");
    assertThat(map(Map.of("Gone", "-"), "Member ID").problems()).isEmpty();
  }

  @Test
  void other_columns_are_left_out_and_named_or_custom_fields_when_asked_for() {
    HeadingMapping mapping = map(Map.of(), "Member ID", "Shoe size", "", "Hat");
    HeadingMapping custom =
        HeadingMapper.map(
            List.of("Member ID", "Shoe  size", "", "Notes"),
            new HeadingRules("chamber", Map.of(), true, false),
            List.of());

    assertThat(names(mapping)).containsExactly("member_key", "left out", "left out", "left out");
    assertThat(mapping.notes())
        .containsExactly(
            "Columns that nobody mentions are left out: \"Shoe size\", \"Hat\".",
            "One column has no name and is left out.");
    assertThat(names(custom))
        .containsExactly("member_key", "custom field Shoe size", "left out", "left out");
  }

  @Test
  void custom_fields_of_one_name_are_an_error() {
    assertThat(problem(map(Map.of("A", "Size", "B", "size"), "Member ID", "A", "B")))
        .contains("the columns \"A\" (column 2), \"B\" (column 3) are all custom field Size");
  }

  @Test
  void opposite_stands_before_flags_only() {
    assertThat(problem(map(Map.of("X", "not city"), "Member ID", "X")))
        .contains("rollcall.drops.chamber.columns.X=not city says nothing");
  }

  @Test
  void first_row_with_an_address_is_no_header_and_is_not_repeated() {
    assertThat(problem(map(Map.of(), "17", "ann@example.org", "Ann")))
        .contains("so it is no header")
        .doesNotContain("ann", "Ann");
  }

  @Test
  void changes_since_the_last_file_are_told() {
    HeadingMapping mapping =
        HeadingMapper.map(
            List.of("Email", "Member ID", "Given name", "Hat", "Extra"),
            rules(Map.of()),
            List.of("Member ID", "Email", "First name", "Coat"));

    assertThat(mapping.problems()).isEmpty();
    assertThat(mapping.notes())
        .contains(
            "Since the last file columns have other names: \"First name\" is now \"Given name\","
                + " \"Coat\" is now \"Hat\".",
            "New since the last file: \"Extra\".",
            "At another place than in the last file: \"Email\", \"Member ID\".");
  }

  @Test
  void same_header_in_other_spelling_is_no_change() {
    assertThat(
            HeadingMapper.map(
                    List.of("MEMBER ID ", "email"), rules(Map.of()), List.of("Member ID", "Email"))
                .notes())
        .isEmpty();
  }

  @Test
  void column_that_was_read_and_is_gone_is_an_error_until_it_is_declared() {
    List<String> before = List.of("Member ID", "Email", "Town");
    List<String> now = List.of("Member ID", "Email");

    assertThat(problem(HeadingMapper.map(now, rules(Map.of()), before)))
        .contains("the column \"Town\" of the last file, which was city, is missing")
        .contains("rollcall.drops.chamber.columns.Town=-");
    assertThat(HeadingMapper.map(now, rules(Map.of("Town", "-")), before).problems()).isEmpty();
  }

  @Test
  void heading_hands_over_names_places_and_meanings_and_finds_columns_of_sentences() {
    DropSettings drop = DropSettings.byHand("chamber", Path.of("x"));
    List<String> header = List.of("Hat", "Member ID", "DOB");
    Heading heading = Heading.of(header, drop, List.of());

    assertThat(heading.names()).containsExactly("member_key", "birthday");
    assertThat(heading.indexes()).containsExactly(1, 2);
    assertThat(Heading.meanings(header, drop))
        .containsExactly(
            Map.entry("Hat", "left out"),
            Map.entry("Member ID", "member_key"),
            Map.entry("DOB", "birthday"));
    assertThat(heading.columnNamedIn("the column birthday holds no time")).isEqualTo(3);
    assertThat(heading.columnNamedIn("the name of a group holds")).isZero();
  }

  @Test
  void heading_with_problems_is_refused_with_all_of_them() {
    DropSettings drop = DropSettings.byHand("chamber", Path.of("x"));

    assertThatThrownBy(() -> Heading.of(List.of("ID", "Status"), drop, List.of()))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("may decide who gets mail")
        .hasMessageContaining("no column is the member_key")
        .hasMessageContaining("rollcall.drops.NAME.columns.ID=member_key");
  }

  @Test
  void catalogue_has_every_spelling_once_and_its_targets_exist() {
    Map<String, HeadingCatalogue.Entry> entries = HeadingCatalogue.get().entries();

    assertThat(entries).hasSizeGreaterThan(400);
    for (Column column : Column.values()) {
      String label = column.label().replace('_', ' ');
      if (entries.get(label) instanceof HeadingCatalogue.Entry.Known known) {
        assertThat(known.meaning()).as(label).isEqualTo(HeadingMeaning.of(column));
      }
    }
    assertThatThrownBy(() -> HeadingCatalogue.read(List.of("E-Mail = email", "e_mail = email")))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> HeadingCatalogue.read(List.of("Mail = emial")))
        .hasMessageContaining("no column emial");
    assertThatThrownBy(() -> HeadingCatalogue.read(List.of("Mail: email")))
        .hasMessageContaining("no spelling");
  }
}
