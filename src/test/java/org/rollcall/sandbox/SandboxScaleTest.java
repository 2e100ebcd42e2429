package org.rollcall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A million contacts on up to fifty lists; bounds are wide because machines differ. */
class SandboxScaleTest extends SandboxTest {
  private static final int CONTACTS = Integer.getInteger("sandbox.scale", 200_000);
  private static final int BATCH = 39_000;

  private String rows(int from, int to) {
    StringBuilder body = new StringBuilder("{\"import_data\":[");
    for (int i = from; i < to; i++) {
      body.append(i == from ? "" : ",").append("{\"email\":\"m").append(i);
      body.append("@example.org\",\"first_name\":\"F").append(i % 5_000);
      body.append("\",\"last_name\":\"L").append(i % 20_000).append("\"}");
    }
    return body.append("],\"list_ids\":[").toString();
  }

  private double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  @Test
  void imports_and_pages_stay_fast_however_many_contacts_there_are() throws Exception {
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      ids.append(i == 0 ? "\"" : ",\"").append(control.createList("L" + i)).append('"');
    }
    String all = ids + "]}";
    long start = System.nanoTime();
    for (int from = 0; from < CONTACTS; from += BATCH) {
      String body = rows(from, Math.min(CONTACTS, from + BATCH)) + all;
      SandboxClient.Reply reply =
          client.send(
              client
                  .to("/activities/contacts_json_import")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body)));
      assertThat(reply.status()).isEqualTo(201);
    }
    control.finishActivities();
    double importing = seconds(start);
    assertThat(control.contactCount()).isEqualTo(CONTACTS);

    start = System.nanoTime();
    String list = control.list("L7").orElseThrow().id();
    int read =
        pages("/contacts?limit=500&include=list_memberships&include_count=true&lists=" + list);
    double reading = seconds(start);
    assertThat(read).isEqualTo(CONTACTS);

    control.advanceClock(Duration.ofHours(2));
    control.unsubscribe("m" + (CONTACTS - 1) + "@example.org", "enough");
    start = System.nanoTime();
    String since = control.now().minusSeconds(3_600).toString();
    assertThat(pages("/contacts?limit=500&updated_after=" + since)).isEqualTo(1);
    assertThat(pages("/contacts?status=unsubscribed")).isEqualTo(1);
    double finding = seconds(start);
    start = System.nanoTime();
    control.dump(java.io.OutputStream.nullOutputStream());
    double dumping = seconds(start);
    long used = (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
    System.getLogger("sandbox.scale")
        .log(
            System.Logger.Level.INFO,
            "{0} contacts: import {1} s, read {2} s, find {3} s, dump {4} s, {5} MB used",
            CONTACTS,
            importing,
            reading,
            finding,
            dumping,
            used);
    assertThat(CONTACTS / importing).isGreaterThan(10_000);
    assertThat(finding).isLessThan(2);
  }

  private int pages(String path) {
    int read = 0;
    JsonNode page = client.get(path).json();
    while (true) {
      read += page.path("contacts").size();
      JsonNode next = page.at("/_links/next/href");
      if (next.isMissingNode()) {
        return read;
      }
      page = client.follow(next.asText()).json();
    }
  }
}
