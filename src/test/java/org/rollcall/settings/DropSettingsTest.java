package org.rollcall.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.file.Declared;
import org.rollcall.settings.DropSettings.Content;
import org.rollcall.settings.DropSettings.Ready;

class DropSettingsTest {
  private static final List<String> SYNC =
      List.of(
          "rollcall.accounts.main.provider=constantcontact",
          "rollcall.accounts.main.client-id=abc",
          "rollcall.syncs.club.account=main");

  @TempDir Path home;

  private Settings read(String... drop) {
    List<String> lines = new ArrayList<>(SYNC);
    lines.addAll(List.of(drop));
    return SettingsHome.of(home, lines.toArray(String[]::new)).read();
  }

  private DropSettings drop(String... keys) {
    List<String> lines = new ArrayList<>(List.of("rollcall.drops.in.sync=club"));
    lines.addAll(List.of(keys));
    return read(lines.toArray(String[]::new)).drops().get("in");
  }

  @Test
  void a_drop_needs_only_its_sync() {
    DropSettings drop = drop();

    assertThat(drop.sync()).isEqualTo("club");
    assertThat(drop.folder()).isEqualTo(home.resolve("drops/in"));
    assertThat(drop.content()).isEqualTo(Content.FULL);
    assertThat(drop.arrival())
        .isEqualTo(
            new DropSettings.Arrival(Ready.SETTLED, Duration.ofSeconds(10), Duration.ofSeconds(5)));
    assertThat(drop.declared()).isEqualTo(Declared.NOTHING);
    assertThat(drop.columns()).isEmpty();
    assertThat(drop.otherColumns()).isFalse();
    assertThat(drop.keyIsEmail()).isFalse();
    assertThat(drop.dates()).isNull();
    assertThat(drop.keyPattern()).isNull();
    assertThat(drop.wholeness()).isEqualTo(new DropSettings.Wholeness(50, 10, null, "auto"));
    assertThat(drop.keep()).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void a_drop_takes_all_its_keys() {
    DropSettings drop =
        drop(
            "rollcall.drops.in.folder=/srv/in",
            "rollcall.drops.in.content=removals",
            "rollcall.drops.in.ready=marker",
            "rollcall.drops.in.settle=2m",
            "rollcall.drops.in.look-every=1m",
            "rollcall.drops.in.format=csv",
            "rollcall.drops.in.charset=iso-8859-1",
            "rollcall.drops.in.delimiter=tab",
            "rollcall.drops.in.quote='",
            "rollcall.drops.in.sheet=Members",
            "rollcall.drops.in.columns.No=member_key",
            "rollcall.drops.in.other-columns=custom",
            "rollcall.drops.in.key=email",
            "rollcall.drops.in.dates=day-first",
            "rollcall.drops.in.key-pattern=[0-9]{6}",
            "rollcall.drops.in.as-of=Stand",
            "rollcall.drops.in.min-rows=80%",
            "rollcall.drops.in.max-refused=0%",
            "rollcall.drops.in.trailer=END,([0-9]+)",
            "rollcall.drops.in.keep=7d");

    assertThat(drop.folder()).isEqualTo(Path.of("/srv/in"));
    assertThat(drop.content()).isEqualTo(Content.REMOVALS);
    assertThat(drop.arrival())
        .isEqualTo(
            new DropSettings.Arrival(Ready.MARKER, Duration.ofMinutes(2), Duration.ofMinutes(1)));
    assertThat(drop.declared())
        .isEqualTo(
            new Declared(
                Optional.of("csv"),
                Optional.of(StandardCharsets.ISO_8859_1),
                Optional.of('\t'),
                Optional.of('\''),
                Optional.of("Members")));
    assertThat(drop.columns()).isEqualTo(Map.of("No", "member_key"));
    assertThat(drop.otherColumns()).isTrue();
    assertThat(drop.keyIsEmail()).isTrue();
    assertThat(drop.dates()).isEqualTo("day-first");
    assertThat(drop.keyPattern()).hasToString("[0-9]{6}");
    assertThat(drop.wholeness().minRows()).isEqualTo(80);
    assertThat(drop.wholeness().maxRefused()).isZero();
    assertThat(drop.wholeness().trailer()).hasToString("END,([0-9]+)");
    assertThat(drop.wholeness().asOf()).isEqualTo("Stand");
    assertThat(drop.keep()).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void the_names_of_columns_stand_in_keys_as_they_stand_in_the_file() {
    DropSettings drop =
        drop(
            "rollcall.drops.in.columns.Email Address=email",
            "rollcall.drops.in.columns.Email Type = -   # of no use",
            "rollcall.drops.in.columns.Name: first=first_name",
            "rollcall.drops.in.columns.Last\\ name=last_name",
            "rollcall.drops.in.columns.Mitglieds-Nr.=member_key",
            "rollcall.drops.in.columns.Größe=custom size");

    assertThat(drop.columns())
        .isEqualTo(
            Map.of(
                "Email Address", "email",
                "Email Type", "-",
                "Name: first", "first_name",
                "Last name", "last_name",
                "Mitglieds-Nr.", "member_key",
                "Größe", "custom size"));
  }

  @Test
  void the_command_line_may_map_a_column_too() {
    List<String> lines = new ArrayList<>(SYNC);
    lines.add("rollcall.drops.in.sync=club");

    Settings settings =
        SettingsHome.of(home, lines.toArray(String[]::new))
            .set("rollcall.drops.in.columns.Email Address", "email")
            .read();

    assertThat(settings.drops().get("in").columns()).isEqualTo(Map.of("Email Address", "email"));
  }

  @Test
  void a_sync_gets_its_members_from_a_route_or_from_a_drop_and_not_from_both_or_none() {
    assertThatThrownBy(() -> read())
        .hasMessageContaining("rollcall.syncs.club.members: is missing, and no drop gives")
        .hasMessageContaining("rollcall.drops.NAME.sync=club".replace("NAME", "club"));
    assertThatThrownBy(() -> drop("rollcall.syncs.club.members=direct:x"))
        .hasMessageContaining("rollcall.drops.in.sync: sync club reads its members by a route");
    assertThatThrownBy(() -> drop("rollcall.drops.in.sync=clab"))
        .hasMessageContaining("\"clab\" is not a sync; use club");
  }

  @Test
  void every_wrong_value_is_told_with_what_would_be_right() {
    assertThatThrownBy(
            () ->
                drop(
                    "rollcall.drops.in.content=everything",
                    "rollcall.drops.in.ready=soon",
                    "rollcall.drops.in.format=xls",
                    "rollcall.drops.in.charset=ebcdic?",
                    "rollcall.drops.in.delimiter=;;",
                    "rollcall.drops.in.dates=us",
                    "rollcall.drops.in.key-pattern=[0-9",
                    "rollcall.drops.in.min-rows=half",
                    "rollcall.drops.in.max-refused=101%",
                    "rollcall.drops.in.other-columns=keep",
                    "rollcall.drops.in.key=name"))
        .hasMessageContaining("\"everything\" is no content; use full, additions or removals")
        .hasMessageContaining("\"soon\"")
        .hasMessageContaining("\"xls\" is no format; use csv, xlsx or jsonl")
        .hasMessageContaining("\"ebcdic?\" is not an encoding")
        .hasMessageContaining("\";;\" separates nothing")
        .hasMessageContaining("\"us\"")
        .hasMessageContaining("\"[0-9\" is not a regular expression")
        .hasMessageContaining("\"half\" is not a percentage")
        .hasMessageContaining("\"101%\"")
        .hasMessageContaining("\"keep\"")
        .hasMessageContaining("\"name\"");
  }

  @Test
  void what_stands_around_texts_cannot_separate_them() {
    assertThatThrownBy(() -> drop("rollcall.drops.in.delimiter=|", "rollcall.drops.in.quote=|"))
        .hasMessageContaining(
            "rollcall.drops.in.delimiter: \"|\" stands around texts and cannot separate them, too")
        .hasMessageContaining("or change rollcall.drops.in.quote");
    assertThatThrownBy(() -> drop("rollcall.drops.in.delimiter=tab", "rollcall.drops.in.quote=tab"))
        .hasMessageContaining("cannot separate them");
    assertThatThrownBy(() -> drop("rollcall.drops.in.delimiter=\""))
        .hasMessageContaining("cannot separate them");
    assertThat(drop("rollcall.drops.in.delimiter=\"", "rollcall.drops.in.quote='").declared())
        .extracting(Declared::delimiter)
        .isEqualTo(Optional.of('"'));
  }
}
