package org.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

/** What is said of an embedded server that does not start. */
class TroubleTest {
  @Test
  void a_folder_that_may_not_be_written_is_told_in_words() {
    assertThat(Trouble.sentence(new AccessDeniedException("/var/lib/rollcall/data")))
        .isEqualTo("the user Rollcall runs as may not write there");
  }
}
