package org.rollcall.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MaskingTest {
  @Test
  void names_and_addresses_in_a_record_are_masked_and_its_shape_is_not() {
    String masked =
        Masking.payload(
            "record",
            "{\"first_name\":\"Ann\",\"phones\":[\"555 1234\"],\"member_key\":\"m1\","
                + "\"born\":1970,\"note\":null}");
    assertThat(masked)
        .contains("first_name", "m1", "null")
        .doesNotContain("Ann")
        .doesNotContain("555")
        .doesNotContain("970");
  }

  @Test
  void addresses_stay_masked_under_harmless_names_and_in_sentences() {
    assertThat(Masking.payload("opt_out", "{\"list\":\"of ann@x.example\"}"))
        .doesNotContain("ann@x");
    assertThat(Masking.sentence("refused <ann.oneill@x.example>: no"))
        .isEqualTo("refused <a•••@>: no");
  }

  @Test
  void what_is_no_json_is_masked_word_by_word_and_names_of_lists_are_shown() {
    assertThat(Masking.payload("batch", "ann@x.example bob@x.example")).isEqualTo("a•••@ b•••@");
    assertThat(Masking.payload("record", "Ann {\"first")).isEqualTo("A••• {•••");
    assertThat(Masking.payload("list", "Board of Ann")).isEqualTo("Board of Ann");
  }

  @Test
  void nothing_at_all_and_letters_beyond_the_plane_are_no_trouble() {
    assertThat(Masking.payload("record", "")).isEmpty();
    assertThat(Masking.payload("record", "\"😀x\"")).isEqualTo("\"•••");
    assertThat(Masking.payload("record", "{\"a\":\"😀x\"}")).contains("😀•••").doesNotContain("x");
  }
}
