package org.rollcall.monitor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jolokia.core.api.LogHandler;
import org.jolokia.json.JSONStructure;
import org.jolokia.server.core.config.ConfigKey;
import org.jolokia.server.core.config.StaticConfiguration;
import org.jolokia.server.core.http.HttpRequestHandler;
import org.jolokia.server.core.request.BadRequestException;
import org.jolokia.server.core.request.EmptyResponseException;
import org.jolokia.server.core.restrictor.policy.PolicyRestrictor;
import org.jolokia.server.core.service.JolokiaServiceManagerFactory;
import org.jolokia.server.core.service.api.JolokiaServiceManager;
import org.jolokia.service.jmx.LocalRequestHandler;
import org.jolokia.service.serializer.JolokiaSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JMX in JSON, as far as {@code jolokia-access.xml} lets it. */
final class Jolokia implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jolokia.class);
  private static final String POLICY = "/jolokia-access.xml";

  private final JolokiaServiceManager services;
  private final HttpRequestHandler handler;

  Jolokia() {
    StaticConfiguration settings =
        new StaticConfiguration(
            Map.of(
                ConfigKey.AGENT_ID.getKeyValue(), "rollcall",
                ConfigKey.ALLOW_ERROR_DETAILS.getKeyValue(), "false",
                ConfigKey.INCLUDE_STACKTRACE.getKeyValue(), "false",
                ConfigKey.DISCOVERY_ENABLED.getKeyValue(), "false"));
    services =
        JolokiaServiceManagerFactory.createJolokiaServiceManager(settings, new Log(), policy());
    services.addService(new JolokiaSerializer());
    services.addService(new LocalRequestHandler(1));
    handler = new HttpRequestHandler(services.start());
  }

  private static PolicyRestrictor policy() {
    try (InputStream in = Jolokia.class.getResourceAsStream(POLICY)) {
      return new PolicyRestrictor(Objects.requireNonNull(in, POLICY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Answers one request or several.
   *
   * @throws BadRequestException when it is no request
   */
  String answer(String request) throws BadRequestException {
    InputStream body = new ByteArrayInputStream(request.getBytes(StandardCharsets.UTF_8));
    try {
      JSONStructure answer = handler.handlePostRequest("/hawtio/jolokia", body, "UTF-8", Map.of());
      StringWriter text = new StringWriter();
      answer.writeJSONString(text);
      return text.toString();
    } catch (EmptyResponseException e) {
      return "{}";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    services.stop();
  }

  /** What it says is for whoever looks for the cause of something. */
  private static final class Log implements LogHandler {
    @Override
    public void debug(String message) {
      LOG.trace(message);
    }

    @Override
    public void info(String message) {
      LOG.debug(message);
    }

    @Override
    public void error(String message, Throwable cause) {
      LOG.debug(message, cause);
    }

    @Override
    public boolean isDebug() {
      return LOG.isTraceEnabled();
    }
  }
}
