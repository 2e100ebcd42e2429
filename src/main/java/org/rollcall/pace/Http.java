package org.rollcall.pace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.jspecify.annotations.Nullable;

/**
 * Sends exactly one request and reads its whole answer, whatever its status. Nothing happens behind
 * the caller's back: no repeats, redirects, cookies or decompression.
 */
public final class Http implements AutoCloseable {
  private static final String SENT = "rollcall.sent";

  private final Limits limits;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor watchdog;

  public Http(Limits limits) {
    // Its finer levels print headers, paths and bodies: tokens and addresses. Whatever level an
    // operator chooses for the rest, these stay out of every log.
    Configurator.setAllLevels("org.apache.hc", Level.WARN);
    this.limits = limits;
    this.client = client(limits);
    this.watchdog = new ScheduledThreadPoolExecutor(1, Http::watchdogThread);
    watchdog.setRemoveOnCancelPolicy(true);
  }

  public Limits limits() {
    return limits;
  }

  /**
   * @param total the time for everything, at most; the limits' own total applies as well
   * @throws NoAnswer when no complete answer came
   */
  public Answer send(
      String method, URI uri, Map<String, String> headers, byte @Nullable [] body, Duration total)
      throws NoAnswer {
    HttpUriRequestBase request = new HttpUriRequestBase(method, uri);
    headers.forEach(request::setHeader);
    if (body != null) {
      // The content type is among the headers.
      request.setEntity(new ByteArrayEntity(body, null));
    }
    return send(request, total.compareTo(limits.total()) < 0 ? total : limits.total());
  }

  private Answer send(HttpUriRequestBase request, Duration total) throws NoAnswer {
    HttpClientContext context = HttpClientContext.create();
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> bell =
        watchdog.schedule(
            () -> {
              late.set(true);
              request.cancel();
            },
            total.toNanos(),
            TimeUnit.NANOSECONDS);
    try {
      return client.execute(request, context, response -> read(request, response));
    } catch (IOException | IllegalStateException e) {
      boolean sent = context.getAttribute(SENT) != null;
      if (late.get()) {
        throw new NoAnswer(
            sent, "no complete answer within " + Math.round(total.toMillis() / 1e3) + " s", e);
      }
      throw new NoAnswer(sent, (sent ? "no complete answer" : "not reachable") + reason(e), e);
    } finally {
      bell.cancel(false);
    }
  }

  private Answer read(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers.put(header.getName(), header.getValue());
    }
    HttpEntity entity = response.getEntity();
    byte[] body = entity == null ? new byte[0] : read(request, entity);
    return new Answer(response.getCode(), headers, body);
  }

  private byte[] read(HttpUriRequestBase request, HttpEntity entity) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (InputStream content = entity.getContent()) {
      byte[] buffer = new byte[8192];
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        if (body.size() + n > limits.bytes()) {
          // Closing alone would read the rest first.
          request.cancel();
          throw new IOException("the answer is larger than " + limits.bytes() + " bytes");
        }
        body.write(buffer, 0, n);
      }
    }
    return body.toByteArray();
  }

  /** The kind of trouble; the text of foreign exceptions may hold more than a message should. */
  private static String reason(Exception e) {
    return " (" + e.getClass().getSimpleName() + ")";
  }

  private static CloseableHttpClient client(Limits limits) {
    return HttpClients.custom()
        .setConnectionManager(pool(limits))
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(timeout(limits.lease()))
                .setResponseTimeout(timeout(limits.silence()))
                .setProtocolUpgradeEnabled(false)
                .build())
        .setUserAgent("Rollcall")
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableContentCompression()
        .disableAuthCaching()
        // Behind the connecting, before the first byte: what fails earlier cannot have had an
        // effect.
        .addExecInterceptorBefore(
            ChainElement.MAIN_TRANSPORT.name(),
            SENT,
            (request, scope, chain) -> {
              scope.clientContext.setAttribute(SENT, true);
              return chain.proceed(request, scope);
            })
        .build();
  }

  private static PoolingHttpClientConnectionManager pool(Limits limits) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnPerRoute(limits.connections())
        .setMaxConnTotal(limits.connections() * 4)
        .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(timeout(limits.connect()))
                .setSocketTimeout(timeout(limits.silence()))
                // Always: a write on a connection that the other side has closed has to be read
                // back.
                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                .setTimeToLive(TimeValue.ofMinutes(5))
                .build())
        .setDefaultTlsConfig(
            TlsConfig.custom()
                .setSupportedProtocols(TLS.V_1_3, TLS.V_1_2)
                .setHandshakeTimeout(timeout(limits.connect()))
                .build())
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom().setMaxLineLength(65_536).setMaxHeaderCount(200).build())
                .build())
        .build();
  }

  private static Timeout timeout(Duration duration) {
    return Timeout.of(duration);
  }

  private static Thread watchdogThread(Runnable work) {
    Thread thread = new Thread(work, "call-deadlines");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
