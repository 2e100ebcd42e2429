package org.rollcall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SandboxLimitsTest extends SandboxTest {
  @Test
  void the_fifth_request_within_a_second_is_throttled_over_all_connections() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      SandboxClient own = new SandboxClient(sandbox);
      own.get("/contact_lists"); // connected before the second begins
      calls.add(() -> own.get("/contact_lists").status());
    }
    control.limits(4, 10_000);
    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> answer : threads.invokeAll(calls)) {
      statuses.add(answer.get());
    }
    threads.shutdown();
    assertThat(statuses).containsOnly(200, 429);
    assertThat(statuses.stream().filter(status -> status == 200)).hasSize(4);
  }

  @Test
  void a_throttled_answer_is_a_bare_object_without_any_hint_of_time() {
    control.limits(1, 10_000);
    client.get("/contact_lists");
    SandboxClient.Reply reply = client.get("/contact_lists");
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.json().path("error_key").asText()).isEqualTo("throttled");
    assertThat(reply.json().path("error_message").asText()).isEqualTo("Too Many Requests");
    assertThat(reply.raw().headers().map().keySet())
        .noneMatch(name -> name.startsWith("x-rate") || name.equals("retry-after"));
  }

  @Test
  void the_second_slides() {
    AtomicLong nanos = new AtomicLong();
    SandboxOptions.Limits four = new SandboxOptions.Limits(4, 0, 0);
    RequestLimits limits =
        new RequestLimits(() -> four, () -> java.time.LocalDate.EPOCH, nanos::get);
    for (int i = 0; i < 4; i++) {
      assertThat(limits.admit("a")).isEqualTo(RequestLimits.Verdict.ACCEPTED);
      nanos.addAndGet(200_000_000);
    }
    assertThat(limits.admit("a")).isEqualTo(RequestLimits.Verdict.THROTTLED);
    assertThat(limits.admit("b")).isEqualTo(RequestLimits.Verdict.ACCEPTED);
    nanos.set(1_000_000_000);
    assertThat(limits.admit("a")).isEqualTo(RequestLimits.Verdict.ACCEPTED);
    nanos.set(1_199_999_999);
    assertThat(limits.admit("a")).isEqualTo(RequestLimits.Verdict.THROTTLED);
  }

  @Test
  void the_day_quota_clears_at_midnight_in_utc() {
    control.setClock(Instant.parse("2026-11-21T23:00:00Z"));
    control.limits(0, 3);
    for (int i = 0; i < 3; i++) {
      assertThat(client.get("/contact_lists").status()).isEqualTo(200);
    }
    SandboxClient.Reply reply = client.get("/contact_lists");
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.json().path("error_key").asText()).isEqualTo("quota_exceeded");
    assertThat(reply.json().path("error_message").asText()).isEqualTo("Limit Exceeded");
    assertThat(control.requestsToday()).isEqualTo(3);
    control.setClock(Instant.parse("2026-11-22T00:00:00Z"));
    assertThat(client.get("/contact_lists").status()).isEqualTo(200);
  }

  @Test
  void limits_count_over_the_accounts_of_one_client() {
    control.limits(0, 2);
    SandboxClient other = new SandboxClient(sandbox);
    other.token = control.account("second").issueAccessToken();
    assertThat(client.get("/contact_lists").status()).isEqualTo(200);
    assertThat(other.get("/contact_lists").status()).isEqualTo(200);
    assertThat(client.get("/contact_lists").status()).isEqualTo(429);
  }

  @Test
  void the_thousand_and_first_queued_job_is_refused() {
    String list = client.list("Board");
    for (int i = 0; i < 1_000; i++) {
      assertThat(importRows(list, "{'email':'a" + i + "@example.org'}").status()).isEqualTo(201);
    }
    SandboxClient.Reply reply = importRows(list, "{'email':'last@example.org'}");
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.json().isArray()).isTrue();
    assertThat(reply.json().path(0).path("error_key").asText()).isNotEqualTo("throttled");
  }
}
