package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import org.junit.jupiter.api.Test;
import org.rollcall.verify.Statuses.MemberStatus;

/** Nobody who opted out is ever subscribed again, by no path. */
class ConsentTest {
  @Test
  void a_new_address_at_the_source_does_not_subscribe_who_opted_out_under_the_old_one() {
    try (Scene scene = Scene.open()) {
      scene
          .source()
          .put(
              SourceRow.person("m1", "Board", "ann@example.org"),
              SourceRow.person("m2", "Board", "bob@example.org"));
      scene.sync();
      scene.provider().unsubscribe("ann@example.org", "no more mail");

      scene.source().put(SourceRow.person("m1", "Board", "ann@elsewhere.example"));
      scene.sync();

      assertThat(scene.provider().contact("ann@elsewhere.example")).isEmpty();
      assertThat(scene.statuses())
          .filteredOn(member -> member.memberKey().equals("m1"))
          .extracting(MemberStatus::status, MemberStatus::detail)
          .containsExactly(tuple("unsubscribed", "under an earlier address"));
    }
  }
}
