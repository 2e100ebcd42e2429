package org.rollcall.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.rollcall.pace.Sleeper;

/** A program that uses the API with one token; every answer is held against the contract. */
final class Program {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String url;
  private final Contract contract;
  private final String token;

  Program(String url, Contract contract, String token) {
    this.url = url;
    this.contract = contract;
    this.token = token;
  }

  Program with(String other) {
    return new Program(url, contract, other);
  }

  HttpResponse<String> get(String path) {
    return checked("GET", path, "");
  }

  JsonNode read(String path) {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return json(response);
  }

  HttpResponse<String> post(String path, String body) {
    return checked("POST", path, body);
  }

  private HttpResponse<String> checked(String method, String path, String body) {
    String operation = contract.operationOf(method, path.replaceFirst("\\?.*", ""));
    HttpResponse<String> response = send(request(path).method(method, of(body)));
    if (response.statusCode() < 300) {
      contract.checkRequest(operation, body);
    }
    contract.checkResponse(operation, response);
    return response;
  }

  static HttpRequest.BodyPublisher of(String body) {
    return body.isEmpty()
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(body);
  }

  /** A request that knows its token, to be changed and sent. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + Doors.ROOT + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return sent(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The lines of an answer that does not end; the caller closes the stream. */
  Stream<String> lines(HttpRequest.Builder request) {
    return sent(request.build(), HttpResponse.BodyHandlers.ofLines()).body();
  }

  /** Reads on until an event of this type has come, and gives its data. */
  JsonNode await(Iterator<String> lines, String type) {
    while (lines.hasNext()) {
      if (lines.next().equals("event: " + type)) {
        String data = lines.next();
        contract.check(type.equals("run.progress") ? "Progress" : "Event", data.substring(6));
        return parsed(data.substring(6));
      }
    }
    throw new AssertionError("the stream ended before " + type);
  }

  private static <T> HttpResponse<T> sent(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return HTTP.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    return parsed(response.body());
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  /** Waits for an order's end. */
  JsonNode done(HttpResponse<String> placed) throws InterruptedException {
    if (placed.statusCode() != 202) {
      throw new AssertionError(placed.statusCode() + " " + placed.body());
    }
    String path = placed.headers().firstValue("Location").orElseThrow();
    for (int i = 0; i < 600; i++) {
      JsonNode order = read(path.substring(Doors.ROOT.length()));
      if (order.path("state").asText().matches("done|failed")) {
        return order;
      }
      Sleeper.REAL.sleep(Duration.ofMillis(100));
    }
    throw new AssertionError("the order does not end: " + placed.body());
  }
}
