package org.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The contract as it is served, with a strict eye: what it does not name must not be there. */
final class Contract {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode root;
  private final Map<String, JsonNode> operations = new LinkedHashMap<>();
  private final Set<String> seen = new LinkedHashSet<>();

  Contract() {
    try (InputStream in = Contract.class.getResourceAsStream("/api/openapi.yaml")) {
      root = new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    root.path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        part -> {
                          if (Set.of("get", "post").contains(part.getKey())) {
                            operations.put(
                                part.getKey().toUpperCase(java.util.Locale.ROOT)
                                    + " "
                                    + path.getKey(),
                                part.getValue());
                          }
                        }));
    close(root.path("components").path("schemas"));
  }

  /** Only here: a reader of the published contract must bear fields that are added later. */
  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object && object.has("properties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(Contract::close);
  }

  JsonNode root() {
    return root;
  }

  /** Such as {@code GET /runs/{run}}. */
  Set<String> operations() {
    return operations.keySet();
  }

  /** Empty for everybody. */
  String role(String operation) {
    return operations.get(operation).path("x-role").asText("");
  }

  Set<String> queries(String operation) {
    Set<String> names = new TreeSet<>();
    for (JsonNode parameter : operations.get(operation).path("parameters")) {
      JsonNode found = resolved(parameter);
      if (found.path("in").asText().equals("query")) {
        names.add(found.path("name").asText());
      }
    }
    return names;
  }

  Set<String> fields(String operation) {
    Set<String> names = new TreeSet<>();
    resolved(requestSchema(operation)).path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private JsonNode requestSchema(String operation) {
    return operations.get(operation).at("/requestBody/content/application~1json/schema");
  }

  /** The operations that were seen to succeed. */
  Set<String> seen() {
    return seen;
  }

  String operationOf(String method, String path) {
    return operations.keySet().stream()
        .filter(
            operation ->
                (method + " " + path)
                    .matches(operation.replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not in the contract: " + method + " " + path));
  }

  /** The body, a good one, is one that the contract allows. */
  void checkRequest(String operation, String body) {
    if (requestSchema(operation).isMissingNode()) {
      assertThat(body).as(operation).isIn("", "{}");
    } else if (!body.isEmpty()) {
      assertThat(flaws(requestSchema(operation), body))
          .as(operation + " asked with " + body)
          .isEmpty();
    }
  }

  void checkResponse(String operation, HttpResponse<String> response) {
    int status = response.statusCode();
    JsonNode responses = operations.get(operation).path("responses");
    JsonNode promised =
        resolved(responses.path(responses.has("" + status) ? "" + status : "default"));
    String type = response.headers().firstValue("Content-Type").orElse("none");
    String about = operation + " answered " + status + " " + type + ": " + response.body();
    JsonNode content = promised.path("content").path(type);
    assertThat(content.isMissingNode()).as(about).isFalse();
    if (!responses.has("" + status)) {
      assertThat(status).as(about).isGreaterThanOrEqualTo(400);
    }
    if (type.endsWith("json")) {
      assertThat(flaws(content.path("schema"), response.body())).as(about).isEmpty();
    } else if (type.endsWith("ndjson")) {
      response
          .body()
          .lines()
          .forEach(line -> assertThat(flaws(content.path("schema"), line)).as(line).isEmpty());
    }
    promised
        .path("headers")
        .fieldNames()
        .forEachRemaining(
            name -> assertThat(response.headers().firstValue(name)).as(name).isPresent());
    if (status < 300) {
      seen.add(operation);
    }
  }

  void check(String schema, String json) {
    ObjectNode reference = JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema);
    assertThat(flaws(reference, json)).as(json).isEmpty();
  }

  private List<String> flaws(JsonNode schema, String json) {
    ObjectNode whole = JSON.createObjectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", root.path("components"));
    JsonSchema compiled =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(
                whole, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    try {
      List<String> flaws = new ArrayList<>();
      for (ValidationMessage message : compiled.validate(JSON.readTree(json))) {
        flaws.add(message.getMessage());
      }
      return flaws;
    } catch (IOException e) {
      return List.of("not JSON: " + e.getMessage());
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
  }
}
