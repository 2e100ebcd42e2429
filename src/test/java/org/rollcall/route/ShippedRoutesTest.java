package org.rollcall.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files under routes/ and kamelets/, as they are shipped. */
class ShippedRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonSchema camelSchema;

  @BeforeAll
  static void readCamelsOwnSchema() throws IOException {
    try (InputStream in =
        ShippedRoutesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      camelSchema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(JSON.readTree(in));
    }
  }

  @TestFactory
  Stream<DynamicTest> every_route_file_fits_camels_schema() throws IOException {
    return files("routes", ".camel.yaml").stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> assertThat(problems(yaml(file))).isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> every_kamelets_template_fits_camels_schema() throws IOException {
    return files("kamelets", ".kamelet.yaml").stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> assertThat(problems(asRouteTemplate(yaml(file)))).isEmpty()));
  }

  @Test
  void the_schema_finds_fault_with_an_unknown_step() throws IOException {
    assertThat(
            problems(
                JSON.readTree(
                    "[{\"route\":{\"from\":{\"uri\":\"direct:a\",\"steps\":[{\"fly\":{}}]}}}]")))
        .isNotEmpty();
  }

  @Test
  void a_file_is_named_after_its_main_route() throws IOException {
    for (Path file : files("routes", ".camel.yaml")) {
      JsonNode route = yaml(file).get(0).path("route");
      if (!route.isMissingNode()) {
        assertThat(file.getFileName().toString())
            .isEqualTo(route.path("id").asText() + ".camel.yaml");
        assertThat(route.path("from").path("uri").asText())
            .endsWith(":" + route.path("id").asText());
      }
    }
  }

  private static JsonNode asRouteTemplate(JsonNode kamelet) {
    ObjectNode template = kamelet.path("spec").path("template").deepCopy();
    template.put("id", kamelet.path("metadata").path("name").asText());
    return JSON.createArrayNode().add(JSON.createObjectNode().set("routeTemplate", template));
  }

  private static Set<ValidationMessage> problems(JsonNode node) {
    return camelSchema.validate(node);
  }

  private static JsonNode yaml(Path file) throws IOException {
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    return JSON.valueToTree(tree);
  }

  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      List<Path> found = files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
      assertThat(found).isNotEmpty();
      return found;
    }
  }
}
