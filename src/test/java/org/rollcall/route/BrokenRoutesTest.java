package org.rollcall.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.settings.Problem;

/** Deliberately broken files under {@code broken-routes/}, each with the sentence it gets. */
class BrokenRoutesTest {
  private static final Path SAMPLES = Path.of("src/test/resources/broken-routes");

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
              unknown-step | :7: unknown-step: "shout" is not a step; use one of Camel's, such as to, bean or log
              unknown-option-of-a-step | :8: unknown-option-of-a-step: "mesage" does not belong here; check its spelling and its indentation
              wrong-nesting | :6: wrong-nesting: "steps" does not belong here; check its spelling and its indentation
              unknown-component | :8: unknown-component: there is no component "carrier-pigeon"; correct the name, or put the component's jar into lib/
              unknown-endpoint-option | :10: unknown-endpoint-option: log has no option showBodyy; correct it after Camel's page on the component log
              bad-simple | :10: bad-simple: "${bodyy}" is not Simple (Valid syntax: ${body.OGNL} was: bodyy); see Camel's Simple language
              missing-property | :8: missing-property: {{greeting.name}} has no value; define greeting.name in config/application.properties, or write {{greeting.name:default}}
              missing-bean | :8: missing-bean: there is no bean "nobody"; correct the name, or define it under beans:
              missing-source | :8: missing-source: there is no source "chambr"; correct the name, or define rollcall.sources.chambr.url
          missing-kamelet | :8: missing-kamelet: there is no Kamelet wave-action; correct the name, or put kamelets/wave-action.kamelet.yaml into the home
              missing-kamelet-parameter | :8: missing-kamelet-parameter: the Kamelet greet-action needs word; add it to the step's parameters
              kamelet-parameter-of-wrong-type | :11: kamelet-parameter-of-wrong-type: the parameter times of the Kamelet greet-action is not a whole number; write a whole number
              kamelet-parameter-outside-its-list | :8: kamelet-parameter-outside-its-list: the parameter tone of the Kamelet greet-action has a value outside its list; use warm, cold
              unknown-kamelet-parameter | :11: unknown-kamelet-parameter: the Kamelet greet-action has no parameter time; it takes word, times, loud, tone
              bad-cron | :5: bad-cron: "0 0 25 * * ?" is not a Quartz cron expression (Hour values must be between 0 and 23); use six or seven fields from seconds on, such as 0 0 23 * * ?
              bad-cron-in-parameters | :7: bad-cron-in-parameters: "0 23 * * *" is not a Quartz cron expression (Unexpected end of expression); use six or seven fields from seconds on, such as 0 0 23 * * ?
              unknown-time-zone | :8: unknown-time-zone: "Chicago" is not a time zone; use a name such as America/Chicago
              direct-without-consumer | :10: direct-without-consumer: no route listens to direct:nobody-listens; correct the name, or write a route that begins there
              direct-in-parts-without-consumer | :10: direct-in-parts-without-consumer: no route listens to direct:nobody-listens; correct the name, or write a route that begins there
              dead-letters-without-consumer | :10: dead-letters-without-consumer: no route listens to direct:nobody-listens; correct the name, or write a route that begins there
              duplicate-id | :10: twin: the id is taken by routes/duplicate-id.camel.yaml:2; choose another
              tab-indentation | :5: a tab indents this line; indent with spaces
              missing-id | :1: the route has no id; add one, usually the file's name
              missing-description | :1: missing-description: has no description; say in one sentence what it is for
              bare-from | :1: the route has neither id nor description; put it under "- route:" with both
          """)
  void a_broken_file_gets_one_sentence(String name, String sentence) throws IOException {
    take("kamelets/greet-action.kamelet.yaml", "kamelets");
    take(name + ".camel.yaml", "routes");

    assertThat(check())
        .extracting(Problem::toString)
        .containsExactly("routes/" + name + ".camel.yaml" + sentence);
  }

  @Test
  void a_good_file_gets_none() throws IOException {
    take("kamelets/greet-action.kamelet.yaml", "kamelets");
    take("good.camel.yaml", "routes");

    assertThat(check()).isEmpty();
  }

  @Test
  void one_fault_does_not_hide_another_in_the_same_file() throws IOException {
    take("two-faults.camel.yaml", "routes");

    assertThat(check()).extracting(Problem::key).containsExactly("first-fault", "second-fault");
  }

  @Test
  void a_fault_inside_a_kamelet_is_blamed_on_the_kamelet() throws IOException {
    take("kamelets/frail-action.kamelet.yaml", "kamelets");
    take("fault-inside-a-kamelet.camel.yaml", "routes");

    assertThat(check())
        .extracting(Problem::toString)
        .containsExactly(
            "kamelets/frail-action.kamelet.yaml:15: frail-action: there is no bean \"nobody\";"
                + " correct the name, or define it under beans:");
  }

  @Test
  void a_fault_that_a_parameter_brings_into_a_kamelet_is_blamed_on_the_route() throws IOException {
    take("kamelets/query-action.kamelet.yaml", "kamelets");
    take("missing-source-for-a-kamelet.camel.yaml", "routes");

    assertThat(check())
        .extracting(Problem::toString)
        .containsExactly(
            "routes/missing-source-for-a-kamelet.camel.yaml:10: missing-source-for-a-kamelet:"
                + " there is no source \"chambr\"; correct the name, or define"
                + " rollcall.sources.chambr.url");
  }

  @Test
  void a_kamelet_is_checked_even_when_no_route_uses_it() throws IOException {
    take("kamelets/odd-action.kamelet.yaml", "kamelets");

    assertThat(check())
        .extracting(Problem::toString)
        .containsExactly(
            "kamelets/odd-action.kamelet.yaml: odder-action: metadata.name is \"odder-action\";"
                + " give file and Kamelet the same name",
            "kamelets/odd-action.kamelet.yaml:12: odder-action: the parameter size has no"
                + " description; add it, editors show it",
            "kamelets/odd-action.kamelet.yaml:18: odder-action: \"shout\" is not a step; use one"
                + " of Camel's, such as to, bean or log");
  }

  @Test
  void a_listener_that_a_setting_names_has_to_exist() throws IOException {
    take("direct-in-parts-without-consumer.camel.yaml", "routes");
    Surroundings required =
        new Surroundings(
            Map.of(),
            context -> {},
            Set.of("direct:nobody-listens"),
            Map.of(
                "direct:in-parts", "rollcall.syncs.a.members",
                "direct:missing", "rollcall.syncs.b.members"));

    assertThat(RouteFiles.resolve(home, home).check(required))
        .extracting(Problem::toString)
        .containsExactly(
            "config/application.properties: rollcall.syncs.b.members: no route listens to"
                + " direct:missing; correct the name, or write a route under routes/ that begins"
                + " there");
  }

  @Test
  void placeholders_come_from_the_caller_and_from_the_settings_file() throws IOException {
    take("missing-property.camel.yaml", "routes");
    Files.createDirectories(home.resolve("config"));
    Files.writeString(home.resolve("config/application.properties"), "greeting.name=hello\n");

    assertThat(check()).isEmpty();
  }

  private List<Problem> check() {
    Surroundings surroundings =
        new Surroundings(
            Map.of(),
            context -> context.getRegistry().bind("greeter", "a greeter"),
            Set.of("direct:known-to-the-application"),
            Map.of());
    return RouteFiles.resolve(home, home).check(surroundings);
  }

  private void take(String sample, String folder) throws IOException {
    Path file = SAMPLES.resolve(sample);
    Files.createDirectories(home.resolve(folder));
    Files.copy(file, home.resolve(folder).resolve(file.getFileName()));
  }
}
