package org.rollcall.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  @ParameterizedTest
  @CsvSource({
    "members-2026-03-29.csv, 2026-03-29T00:00",
    "20260329_members.csv, 2026-03-29T00:00",
    "members 2026-03-29T13-45.csv, 2026-03-29T13:45",
    "members_2026-03-29_13h45m07.xlsx, 2026-03-29T13:45:07",
    "export20260329134507.csv, 2026-03-29T13:45:07",
    "12345-2026.03.29.csv, 2026-03-29T00:00"
  })
  void the_date_of_the_export_may_stand_in_the_name(String name, LocalDateTime date) {
    assertThat(FileName.date(name)).contains(date);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "members.csv",
        "members-2026.csv",
        "2026-13-01.csv",
        "20260230.csv",
        "1202603291.csv"
      })
  void other_numbers_are_no_date(String name) {
    assertThat(FileName.date(name)).isEmpty();
  }

  @Test
  void markers_are_known_by_their_ending() {
    assertThat(FileName.isMarker("a.csv.DONE")).isTrue();
    assertThat(FileName.marker("a.csv")).isEqualTo("a.csv.done");
  }
}
