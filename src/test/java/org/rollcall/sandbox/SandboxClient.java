package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A bare caller for the tests of the stand-in; knows nothing but HTTP and JSON. */
final class SandboxClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  record Reply(int status, String body, HttpResponse<String> raw) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + body, e);
      }
    }

    String errorKey() {
      return json().path(0).path("error_key").asText();
    }

    String message() {
      return json().path(0).path("error_message").asText();
    }
  }

  final Sandbox sandbox;
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  String token;

  SandboxClient(Sandbox sandbox) {
    this.sandbox = sandbox;
    this.token = sandbox.control().issueAccessToken();
  }

  Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpRequest.Builder to(String path) {
    URI uri = URI.create(sandbox.apiUrl() + path);
    return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
  }

  Reply get(String path) {
    return send(to(path).GET());
  }

  Reply post(String path, String json) {
    return send(json(path).POST(BodyPublishers.ofString(json.replace('\'', '"'))));
  }

  Reply put(String path, String json) {
    return send(json(path).PUT(BodyPublishers.ofString(json.replace('\'', '"'))));
  }

  Reply delete(String path) {
    return send(to(path).DELETE());
  }

  private HttpRequest.Builder json(String path) {
    return to(path).header("Content-Type", "application/json");
  }

  /** Follows a link as it is sent: relative, with the version in it. */
  Reply follow(String href) {
    return send(
        HttpRequest.newBuilder(sandbox.apiUrl().resolve(href))
            .header("Authorization", "Bearer " + token)
            .GET());
  }

  /** All rows of a collection, page by page. */
  List<JsonNode> all(String path, String property) {
    List<JsonNode> rows = new ArrayList<>();
    Reply page = get(path);
    while (true) {
      page.json().path(property).forEach(rows::add);
      JsonNode next = page.json().path("_links").path("next").path("href");
      if (next.isMissingNode()) {
        return rows;
      }
      page = follow(next.asText());
    }
  }

  String list(String name) {
    return post("/contact_lists", "{'name':'" + name + "'}").json().path("list_id").asText();
  }

  String contact(String address, String... lists) {
    String memberships = String.join("','", lists);
    String body =
        "{'email_address':{'address':'"
            + address
            + "'},'first_name':'Ann','create_source':'Account'"
            + (lists.length == 0 ? "" : ",'list_memberships':['" + memberships + "']")
            + "}";
    Reply reply = post("/contacts", body);
    if (reply.status() != 201) {
      throw new AssertionError(reply.body());
    }
    return reply.json().path("contact_id").asText();
  }

  /** Completes all bulk jobs and returns how this one ended. */
  JsonNode finished(Reply accepted) throws InterruptedException {
    sandbox.control().finishActivities();
    return get("/activities/" + accepted.json().path("activity_id").asText()).json();
  }
}
