package org.rollcall.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.harness.SourceRow;
import org.rollcall.operate.Service;
import org.rollcall.user.Role;
import org.rollcall.web.Wire;

class GroupSearchTest {
  private static final Pattern TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");

  private final Scene scene = Scene.open().set("rollcall.service.port", "0");
  private Service service;
  private Wire wire;
  private String cookie = "";

  @BeforeEach
  void the_service_runs() {
    scene
        .source()
        .put(
            IntStream.range(0, 51)
                .mapToObj(i -> SourceRow.person("k" + i, "Board", "k" + i + "@example.org"))
                .toList());
    scene.syncUntilCompleted(3);
    service = Service.start(scene.hub(), Clock.systemUTC());
    wire = new Wire(service.port());
    scene.hub().users().invite("vera", Role.VIEWER);
    cookie =
        "Cookie: rollcall="
            + scene.hub().sessions().begin(scene.hub().users().find("vera").orElseThrow());
  }

  @AfterEach
  void all_close() {
    service.close();
    scene.close();
  }

  private String found(String text) {
    Matcher token = TOKEN.matcher(wire.get("/account", cookie).body());
    assertThat(token.find()).isTrue();
    Map<String, String> form =
        Map.of("sync", "chamber", "group", "Board", "text", text, "form-token", token.group(1));
    Wire.Answer answer = wire.post("/groups/search", form, cookie);
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void there_are_more_only_when_there_are() {
    scene.tell("UPDATE member SET sort_name = 'smith'");
    assertThat(found("smith")).contains("There are more");

    scene.tell("DELETE FROM member WHERE member_key = 'k50'");
    assertThat(found("smith")).contains("k49@example.org").doesNotContain("There are more");
  }
}
