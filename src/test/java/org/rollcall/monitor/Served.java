package org.rollcall.monitor;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.management.JMException;
import javax.management.ObjectName;
import org.rollcall.harness.Scene;
import org.rollcall.hub.Hub;
import org.rollcall.operate.Service;
import org.rollcall.pace.Sleeper;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

/** A scene whose hub runs as a service, and an instrument in front of it. */
final class Served implements AutoCloseable {
  static final String TOKEN = "token-of-the-instruments";
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final Scene scene;
  final Service service;

  Served(Scene scene) {
    this.scene = scene.jmx().set("rollcall.service.port", "0");
    this.service = Service.start(scene.hub(), Clock.systemUTC());
  }

  Hub hub() {
    return scene.hub();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)), headers);
  }

  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)), headers);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, String... headers)
      throws Exception {
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + service.port() + path);
  }

  /** A run that JMX asked for, once it has ended. */
  Runs.Record run() throws Exception {
    long before = hub().runs().latest(Scene.SYNC, Job.LISTS).map(Runs.Record::id).orElse(0L);
    invoke("org.rollcall:type=Sync,name=chamber", "runNow");
    until("a run", () -> over(before));
    Runs.Record lists = hub().runs().latest(Scene.SYNC, Job.LISTS).orElseThrow();
    Runs.Record contacts = hub().runs().latest(Scene.SYNC, Job.CONTACTS).orElse(lists);
    return contacts.id() > lists.id() ? contacts : lists;
  }

  private boolean over(long before) {
    Runs.Record lists = hub().runs().latest(Scene.SYNC, Job.LISTS).orElse(null);
    Runs.Record contacts = hub().runs().latest(Scene.SYNC, Job.CONTACTS).orElse(null);
    return lists != null
        && lists.id() > before
        && lists.finishedAt() != null
        && contacts != null
        && contacts.id() > lists.id()
        && contacts.state() != RunState.RUNNING;
  }

  static Object invoke(String bean, String operation) throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .invoke(new ObjectName(bean), operation, new Object[0], new String[0]);
  }

  static Object attribute(String bean, String name) {
    try {
      return ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(bean), name);
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  static void until(String what, BooleanSupplier happened) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what);
      }
      Sleeper.REAL.sleep(Duration.ofMillis(20));
    }
  }

  @Override
  public void close() {
    service.close();
    scene.close();
  }
}
