package org.rollcall.sandbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A running stand-in provider, reachable on the loopback only. */
public final class Sandbox implements AutoCloseable {
  static {
    // otherwise an answer waits up to 40 ms for the client's acknowledgement
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final World world;
  private final URI origin;
  private final Control control;

  private Sandbox(SandboxOptions options) throws IOException {
    InetSocketAddress loopback =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), options.port());
    this.server = HttpServer.create(loopback, 256);
    this.origin = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    this.world = new World(options);
    this.control = new Control(world);
    this.threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "sandbox-http");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", new Front(world, control, origin.toString()));
    server.start();
  }

  /** Starts on the given port; fails when that is taken. */
  public static Sandbox start(SandboxOptions options) {
    try {
      return new Sandbox(options);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the sandbox cannot listen on port %d (%s); stop what listens there, or take another port"
              .formatted(options.port(), e.getMessage()),
          e);
    }
  }

  public URI apiUrl() {
    return origin.resolve("/v3");
  }

  public URI authUrl() {
    return origin.resolve(OAuth.BASE);
  }

  /** A consent given without a browser: all scopes, the default client and account. */
  public String issueRefreshToken() {
    return control.issueRefreshToken("main");
  }

  public Control control() {
    return control;
  }

  /** What a person needs to connect a hub, ready to be pasted into its settings. */
  public String startText() {
    return """
    The sandbox is running: %s

    # config/application.properties
    rollcall.accounts.main.provider=constantcontact
    rollcall.accounts.main.api-url=%s
    rollcall.accounts.main.auth-url=%s
    rollcall.accounts.main.client-id=%s
    rollcall.accounts.main.client-secret=%s
    rollcall.accounts.main.refresh-token=%s
    """
        .formatted(
            origin,
            apiUrl(),
            authUrl(),
            world.options().clientId(),
            world.options().clientSecret(),
            issueRefreshToken());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    world.close();
  }
}
