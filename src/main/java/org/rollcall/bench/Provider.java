package org.rollcall.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The stand-in provider in a process of its own, without its rate limit. */
final class Provider implements AutoCloseable {
  private static final String RUNNING = "The sandbox is running: ";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI control;
  private final String settings;

  private Provider(Process process, String startText) {
    this.process = process;
    String origin =
        startText.lines().filter(line -> line.startsWith(RUNNING)).findFirst().orElseThrow();
    this.control = URI.create(origin.substring(RUNNING.length()).strip() + "/sandbox/");
    this.settings =
        startText
            .lines()
            .filter(line -> line.startsWith("rollcall."))
            .collect(Collectors.joining("\n"));
  }

  static Provider start(Children children, String heap) {
    try {
      Process process = children.background(heap, "sandbox", "--port", "0", "--unlimited");
      return new Provider(process, startText(process));
    } catch (IOException e) {
      throw new IllegalStateException("the sandbox does not start", e);
    }
  }

  /** Everything up to the last of the settings that it prints. */
  private static String startText(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder text = new StringBuilder();
    String line = lines.readLine();
    while (line != null) {
      text.append(line).append('\n');
      if (line.contains(".refresh-token=")) {
        return text.toString();
      }
      line = lines.readLine();
    }
    throw new IOException("the sandbox ended at its start");
  }

  /** The account's settings, as the sandbox prints them. */
  String settings() {
    return settings;
  }

  /**
   * The requests since {@link #forget}, by what they did.
   *
   * @param jobs of the writes, those that began a bulk job
   * @param polls questions how far a bulk job is
   * @param contactPages pages of contacts
   * @param otherReads pages of lists and custom fields
   * @param writes everything that changes something at the provider
   */
  record Requests(long jobs, long polls, long contactPages, long otherReads, long writes) {
    long all() {
      return polls + contactPages + otherReads + writes;
    }
  }

  Requests requests() {
    long jobs = 0;
    long polls = 0;
    long pages = 0;
    long others = 0;
    long writes = 0;
    for (JsonNode entry : read(get("journal"))) {
      String path = entry.path("path").asText();
      boolean get = entry.path("method").asText().equals("GET");
      if (path.startsWith("/oauth2")) {
        continue;
      }
      if (!get) {
        writes++;
        jobs += path.contains("/activities/") ? 1 : 0;
      } else if (path.contains("/activities")) {
        polls++;
      } else if (path.contains("/contacts")) {
        pages++;
      } else {
        others++;
      }
    }
    return new Requests(jobs, polls, pages, others, writes);
  }

  void forget() {
    send(HttpRequest.newBuilder(control.resolve("journal")).DELETE().build());
  }

  /** All contacts, one JSON document a line. */
  InputStream contacts() {
    return get("contacts.ndjson");
  }

  private InputStream get(String resource) {
    return send(HttpRequest.newBuilder(control.resolve(resource)).build());
  }

  private InputStream send(HttpRequest request) {
    try {
      HttpResponse<InputStream> answer =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException("the sandbox answers " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException("the sandbox does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the sandbox", e);
    }
  }

  private static JsonNode read(InputStream answer) {
    try (answer) {
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new IllegalStateException("the sandbox's answer cannot be read", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
