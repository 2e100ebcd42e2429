package org.rollcall.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SettingsReader;

class RouteFilesTest {
  @TempDir Path home;
  @TempDir Path installation;

  @Test
  void a_home_without_routes_and_kamelets_uses_the_shipped_ones() throws IOException {
    Path route = write(installation.resolve("routes/jobs/lists.camel.yaml"), "");
    Path kamelet = write(installation.resolve("kamelets/a-action.kamelet.yaml"), "");

    RouteFiles files = RouteFiles.resolve(home, installation);

    assertThat(files.routes()).containsExactly(route);
    assertThat(files.kamelets()).containsExactly(kamelet);
    assertThat(files.kameletLocation())
        .isEqualTo("file:" + installation.resolve("kamelets") + ",classpath:kamelets");
  }

  @Test
  void a_file_of_the_same_name_in_the_home_replaces_the_shipped_one() throws IOException {
    write(installation.resolve("routes/jobs/lists.camel.yaml"), "");
    Path shipped = write(installation.resolve("routes/jobs/contacts.camel.yaml"), "");
    Path replacing = write(home.resolve("routes/lists.camel.yaml"), "");
    Path added = write(home.resolve("routes/chamber-members.yaml"), "");
    write(installation.resolve("kamelets/a-action.kamelet.yaml"), "");
    Path kamelet = write(home.resolve("kamelets/a-action.kamelet.yaml"), "");

    RouteFiles files = RouteFiles.resolve(home, installation);

    assertThat(files.routes()).containsExactly(added, replacing, shipped);
    assertThat(files.kamelets()).containsExactly(kamelet);
    assertThat(files.routesIncludePattern())
        .isEqualTo("file:" + added + ",file:" + replacing + ",file:" + shipped);
  }

  @Test
  void a_home_that_is_the_installation_lists_each_file_once() throws IOException {
    Path route = write(home.resolve("routes/lists.camel.yaml"), "");

    assertThat(RouteFiles.resolve(home, home).routes()).containsExactly(route);
  }

  @Test
  void routes_may_rest_on_configurations_and_templates_of_other_files() throws IOException {
    write(
        home.resolve("routes/a-use.camel.yaml"),
        """
        - templatedRoute:
            routeTemplateRef: greeting
            routeId: made
            parameters:
              - name: word
                value: hello
        - route:
            id: a-use
            description: Uses what another file defines.
            routeConfigurationId: errors
            from:
              uri: direct:a-use
              steps:
                - to:
                    uri: direct:made-hello
        """);
    write(
        home.resolve("routes/b-shared.camel.yaml"),
        """
        - routeConfiguration:
            id: errors
        - routeTemplate:
            id: greeting
            parameters:
              - name: word
            from:
              uri: "direct:made-{{word}}"
              steps:
                - log:
                    message: "{{word}}"
        """);
    Surroundings made =
        new Surroundings(Map.of(), context -> {}, Set.of("direct:made-hello"), Map.of());

    assertThat(RouteFiles.resolve(home, home).check(made)).isEmpty();
  }

  @Test
  void no_route_is_started_and_no_folder_is_made() throws IOException {
    write(
        home.resolve("routes/drop.camel.yaml"),
        """
        - route:
            id: drop
            description: Takes files.
            from:
              uri: drop:in
              steps:
                - log:
                    message: hello
        """);
    List<String> happened = new CopyOnWriteArrayList<>();
    Surroundings watching =
        new Surroundings(Map.of(), context -> watch(context, happened), Set.of(), Map.of());

    assertThat(RouteFiles.resolve(home, home).check(watching)).isEmpty();
    assertThat(happened).containsExactly("loaded drop, autoCreate false");
  }

  @Test
  void settings_tell_which_listeners_there_must_be_and_what_placeholders_mean() throws IOException {
    write(
        home.resolve("config/application.properties"),
        """
        rollcall.accounts.main.provider=constantcontact
        rollcall.accounts.main.client-id=abc
        rollcall.syncs.chamber.account=main
        rollcall.syncs.chamber.members=direct:{{rollcall.syncs.chamber.account}}-members  # a route
        """);
    Settings settings = SettingsReader.read(home, Map.of(), Map.of());

    assertThat(Surroundings.of(settings, context -> {}, Set.of()))
        .satisfies(
            around ->
                assertThat(around.required())
                    .containsExactly(
                        Map.entry("direct:main-members", "rollcall.syncs.chamber.members")))
        .satisfies(
            around ->
                assertThat(around.placeholders())
                    .containsEntry("rollcall.home", home.toString())
                    .containsEntry("rollcall.syncs.chamber.members", "direct:main-members"));
  }

  private static void watch(CamelContext context, List<String> happened) {
    context.addComponent("drop", new Drop(happened));
    context.addRoutePolicyFactory(
        (camelContext, routeId, route) ->
            new RoutePolicySupport() {
              @Override
              public void onStart(Route started) {
                happened.add("started " + routeId);
              }
            });
  }

  /** Stands in for the file component, which makes its folder when it is loaded. */
  static final class Drop extends DefaultComponent {
    private final List<String> happened;

    Drop(List<String> happened) {
      this.happened = happened;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String rest, Map<String, Object> parameters) {
      return new DropEndpoint(uri, this, happened);
    }
  }

  /** Says what it would do. */
  public static final class DropEndpoint extends DefaultEndpoint {
    private final List<String> happened;
    private boolean autoCreate = true;

    DropEndpoint(String uri, Drop component, List<String> happened) {
      super(uri, component);
      this.happened = happened;
    }

    public void setAutoCreate(boolean autoCreate) {
      this.autoCreate = autoCreate;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      happened.add("loaded drop, autoCreate " + autoCreate);
      return new DefaultConsumer(this, processor);
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException("only reads");
    }
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
