package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.run.RunState;
import org.rollcall.sandbox.Control.ContactView;

/**
 * Random lives of consent: flags, consent good and bad, opt-outs, forms, clicks, syncs. A person is
 * asked exactly when an oracle of the test's own allows it, and nobody is ever mailable again by
 * anything but their own doing. Lived again with {@code -Drollcall.seed=N}.
 */
class ConsentHistoriesTest {
  private static final int STEPS = Integer.getInteger("rollcall.steps", 60);
  private static final int MEMBERS = 4;

  @ParameterizedTest
  @MethodSource("org.rollcall.harness.RandomHistoriesTest#seeds")
  void nobody_is_asked_without_fresh_consent_or_twice_and_nobody_comes_back_but_by_themselves(
      long seed) {
    try (Scene scene = ComingBackTest.scene()) {
      Life life = new Life(scene, seed);
      try {
        life.live();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "replay with -Drollcall.seed=" + seed + ":\n" + String.join("\n", life.told), e);
      }
    }
  }

  /** What the source says about a member's consent. */
  private record Consent(Instant at, boolean zoned, boolean sourced) {}

  private static final class Life {
    final List<String> told = new ArrayList<>();
    private final Random random;
    private final Scene scene;
    private final Map<String, Instant> optedOut = new HashMap<>();
    private final Map<String, Consent> consents = new HashMap<>();
    private final Set<String> ticked = new HashSet<>();
    private final Set<String> asked = new HashSet<>();
    private int wrong;

    Life(Scene scene, long seed) {
      this.scene = scene;
      this.random = new Random(seed);
    }

    void live() {
      // opt-outs lie in the past of the hub, so that there is room for consent after them
      scene.provider().setClock(Instant.now().minus(Duration.ofDays(3)));
      for (int i = 0; i < MEMBERS; i++) {
        row("m" + i);
      }
      sync();
      for (int i = 0; i < STEPS; i++) {
        scene.provider().advanceClock(Duration.ofSeconds(10 + random.nextInt(600)));
        step("m" + random.nextInt(MEMBERS));
      }
      sync();
      sync();
    }

    private void step(String member) {
      switch (random.nextInt(10)) {
        case 0 -> {
          tick(member);
          row(member);
        }
        case 1, 2, 3 -> consent(member);
        case 4, 5 -> optOut(member);
        case 6 -> click(member);
        case 7 -> form(member);
        default -> sync();
      }
    }

    private void tick(String member) {
      if (!ticked.remove(member)) {
        ticked.add(member);
      }
      told.add("source: flag of " + member + " is " + ticked.contains(member));
    }

    private void row(String member) {
      SourceRow row = SourceRow.person(member, "Board", address(member));
      scene.source().put(row.withOptOut(ticked.contains(member)));
      Consent consent = consents.get(member);
      if (consent != null) {
        write(member, consent);
      }
    }

    private void consent(String member) {
      Instant now = scene.provider().now();
      Consent consent =
          switch (random.nextInt(7)) {
            case 0 -> new Consent(now.minus(Duration.ofDays(20)), true, true);
            case 1 -> new Consent(now.plus(Duration.ofDays(40)), true, true);
            case 2 -> new Consent(now, false, true);
            case 3 -> new Consent(now, true, false);
            default -> new Consent(now, true, true);
          };
      told.add("source: " + member + " " + consent);
      consents.put(member, consent);
      write(member, consent);
    }

    private void write(String member, Consent consent) {
      String text = consent.at().toString();
      ComingBackTest.consents(
          scene,
          member,
          "'" + (consent.zoned() ? text : text.replace("Z", "")) + "'",
          consent.sourced() ? "'form'" : "NULL");
    }

    private void optOut(String member) {
      ContactView contact = contact(member);
      if (contact == null || contact.permission().equals("unsubscribed")) {
        return;
      }
      optedOut.put(member, scene.provider().now());
      asked.remove(member);
      told.add("provider: " + member + " opts out");
      if (random.nextBoolean()) {
        scene.provider().unsubscribe(address(member), "enough");
      } else {
        scene.provider().unsubscribeByAccount(address(member), "by telephone");
      }
    }

    private void click(String member) {
      if (asked.contains(member) && scene.provider().confirmResubscribe(address(member))) {
        told.add("provider: " + member + " confirms");
        optedOut.remove(member);
      }
    }

    private void form(String member) {
      if (optedOut.containsKey(member)) {
        scene.provider().confirmOptIn(address(member));
        told.add("provider: " + member + " fills in a form");
        optedOut.remove(member);
      }
    }

    private void sync() {
      Set<String> allowed = allowed();
      Map<String, String> before = permissions();
      scene.provider().clearJournal();

      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);

      told.add("sync: may ask " + allowed);
      Set<String> now = new TreeSet<>();
      ComingBackTest.asked(scene)
          .forEach(
              entry -> {
                String member = member(entry.path());
                wrong += allowed.contains(member) && now.add(member) ? 0 : 1;
              });
      assertThat(wrong).as("wrong re-subscriptions").isZero();
      assertThat(now).as("asked in this run").isEqualTo(allowed);
      asked.addAll(now);
      before.forEach(
          (address, permission) -> {
            if (permission.equals("unsubscribed")) {
              assertThat(permissions()).containsEntry(address, permission);
            }
          });
    }

    private Set<String> allowed() {
      Set<String> allowed = new TreeSet<>();
      consents.forEach(
          (member, consent) -> {
            Instant out = optedOut.get(member);
            if (out != null
                && !ticked.contains(member)
                && !asked.contains(member)
                && consent.zoned()
                && consent.sourced()
                && consent.at().isAfter(out)
                && consent.at().isBefore(Instant.now())) {
              allowed.add(member);
            }
          });
      return allowed;
    }

    private Map<String, String> permissions() {
      Map<String, String> permissions = new HashMap<>();
      for (int i = 0; i < MEMBERS; i++) {
        ContactView contact = contact("m" + i);
        if (contact != null) {
          permissions.put(address("m" + i), contact.permission());
        }
      }
      return permissions;
    }

    private String member(String path) {
      for (int i = 0; i < MEMBERS; i++) {
        ContactView contact = contact("m" + i);
        if (contact != null && path.endsWith(contact.id())) {
          return "m" + i;
        }
      }
      throw new AssertionError("a call about nobody: " + path);
    }

    private @Nullable ContactView contact(String member) {
      return scene.provider().contact(address(member)).orElse(null);
    }

    private static String address(String member) {
      return member + "@example.org";
    }
  }
}
