package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.run.Runs;
import org.rollcall.sandbox.Control.ContactView;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.sandbox.Fault;
import org.rollcall.verify.Drift;

/** Fields beyond the names are compared as well when everything is read back. */
class DriftFieldsTest {
  private static final String ANN = "ann@x.example";

  private final Scene scene = Scene.open();

  @AfterEach
  void close() {
    scene.close();
  }

  private void known() {
    scene.query(
        "SELECT member_key, grp AS \"group\", email, kind, first_name, last_name,"
            + " '555-0100' AS phone, 'Salem' AS city, '2001-05-06' AS anniversary,"
            + " '7' AS \"Seat No\" FROM member_row ORDER BY member_key, grp");
    scene
        .source()
        .put(
            SourceRow.person("m1", "Board", ANN), SourceRow.person("m2", "Board", "bob@x.example"));
    scene.sync();
  }

  @Test
  void what_staff_changed_in_any_field_of_the_source_is_found_and_put_right() {
    known();
    assertThat(scene.drift(scene.reconcile())).as("nobody did anything").isEmpty();
    staff("555-9999", "Boston", "2001-05-07", "8");

    Runs.Record run = scene.reconcile();

    assertThat(scene.drift(run)).containsExactly(Map.entry("fieldsChanged", "1 of 1"));
    assertThat(details(run)).containsExactly("anniversary, seat no, city, phone");
    ContactView repaired = scene.provider().contact(ANN).orElseThrow();
    assertThat(repaired.phone()).isEqualTo("555-0100");
    assertThat(repaired.anniversary()).isEqualTo("2001-05-06");
    assertThat(repaired.fields()).containsValue("7");
    assertThat(scene.drift(scene.reconcile())).isEmpty();
  }

  @Test
  void what_comes_back_in_the_same_other_form_is_the_providers_way_of_writing_it() {
    known();
    staff("(555) 0100", null, null, null);
    assertThat(scene.drift(scene.reconcile()))
        .containsExactly(Map.entry("fieldsChanged", "1 of 1"));
    staff("(555) 0100", null, null, null);

    assertThat(scene.drift(scene.reconcile())).isEmpty();

    staff("(555) 0199", null, null, null);
    assertThat(scene.drift(scene.reconcile()))
        .containsExactly(Map.entry("fieldsChanged", "1 of 1"));
  }

  @Test
  void a_column_that_became_no_custom_field_is_no_difference() {
    scene.provider().addFault(Fault.status("POST", "/v3/contact_custom_fields", 400));
    known();

    assertThat(scene.drift(scene.reconcile())).isEmpty();
  }

  private void staff(String phone, String city, String anniversary, String seat) {
    scene.provider().editDetails(ANN, phone, city, anniversary);
    if (seat != null) {
      String field =
          scene.provider().contact(ANN).orElseThrow().fields().keySet().iterator().next();
      Map<String, String> fields = Map.of(field, seat);
      scene.provider().editContact(ANN, new Edit(null, null, null, null, null, null, fields));
    }
  }

  private List<String> details(Runs.Record run) {
    List<String> details = new ArrayList<>();
    scene.hub().drift().entries(run.id(), (Drift.Entry entry) -> details.add(entry.detail()));
    return details;
  }
}
