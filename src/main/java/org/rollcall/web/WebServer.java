package org.rollcall.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.ServiceSettings;
import org.rollcall.user.Sessions;
import org.rollcall.user.Visitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a {@link Site} over HTTP. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final int LARGEST_FORM = 2 << 20;
  private static final int PATIENCE_SECONDS = 10;

  private final Vertx vertx;
  private final Gate gate;
  private final Assets assets = new Assets();
  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Router router;
  private final HttpServer server;

  private WebServer(ServiceSettings settings, Sessions sessions) {
    vertx = Vertx.vertx(options());
    gate = new Gate(sessions, settings.publicUrl(), loopback(settings.host()));
    router = Router.router(vertx);
    server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setIdleTimeout(120)
                .setCompressionSupported(true)
                .setMaxFormAttributeSize(LARGEST_FORM));
  }

  private static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(2)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * Takes the port and answers nothing yet, so that a second service on it is refused before it
   * does anything.
   *
   * @throws IllegalStateException with a sentence for the operator
   */
  public static WebServer bind(ServiceSettings settings, Sessions sessions) {
    if (!loopback(settings.host()) && settings.publicUrl() == null) {
      LOG.warn(
          "rollcall.service.host is {}: whoever reaches it sees the sign-in page and the names of"
              + " accounts and syncs; set rollcall.service.public-url to an https address",
          settings.host());
    }
    WebServer web = new WebServer(settings, sessions);
    web.router.route().order(-2).handler(web::admit);
    web.router.route(Assets.PREFIX + "*").order(-1).handler(web::asset);
    web.router.errorHandler(404, context -> web.refuse(context, null, notFound()));
    web.router.errorHandler(405, context -> web.refuse(context, null, otherMethod()));
    web.router.errorHandler(413, context -> web.refuse(context, null, tooLarge()));
    web.router.errorHandler(500, web::failed);
    try {
      web.server
          .requestHandler(web.router)
          .listen()
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      web.close();
      throw new IllegalStateException(
          ("the service cannot listen on %s:%d (%s); stop what listens there, or set"
                  + " rollcall.service.host and rollcall.service.port")
              .formatted(settings.host(), settings.port(), reason(e)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      web.close();
      throw new IllegalStateException("interrupted", e);
    }
    return web;
  }

  private static String reason(Exception e) {
    return e.getCause() == null ? "no answer" : String.valueOf(e.getCause().getMessage());
  }

  private static Reply.Refusal notFound() {
    return new Reply.Refusal(404, "There is no such page", "Go to the overview.");
  }

  private static Reply.Refusal otherMethod() {
    return new Reply.Refusal(405, "This page is not asked for in this way", "Go to the overview.");
  }

  private static Reply.Refusal tooLarge() {
    return new Reply.Refusal(413, "This is too much at once", "Send less than 2 MB.");
  }

  /** From now on the site is there. */
  public void serve(Site site) {
    BodyHandler bodies = BodyHandler.create(false).setBodyLimit(LARGEST_FORM);
    for (Site.Entry entry : site.entries()) {
      HttpMethod method = HttpMethod.valueOf(entry.method());
      var route = router.route(method, entry.path());
      if (entry.method().equals("POST")) {
        route.handler(bodies);
      } else {
        router.route(HttpMethod.HEAD, entry.path()).handler(context -> work(context, entry));
      }
      route.handler(context -> work(context, entry));
    }
  }

  public int port() {
    return server.actualPort();
  }

  private void admit(RoutingContext context) {
    Headers.put(context.response().headers(), gate.secure());
    if (gate.knows(context.request())) {
      context.next();
    } else {
      context
          .response()
          .setStatusCode(421)
          .putHeader("Content-Type", "text/plain; charset=utf-8")
          .end("This server goes by another name; see rollcall.service.public-url.\n");
    }
  }

  private void asset(RoutingContext context) {
    assets
        .at(context.normalizedPath())
        .ifPresentOrElse(
            found ->
                context
                    .response()
                    .putHeader("Content-Type", found.type())
                    .putHeader("Cache-Control", "public, max-age=31536000, immutable")
                    .end(found.body()),
            () -> refuse(context, null, notFound()));
  }

  private void work(RoutingContext context, Site.Entry entry) {
    vertx
        .executeBlocking(
            () -> {
              answer(context, entry);
              return null;
            },
            false)
        .onFailure(context::fail);
  }

  private void answer(RoutingContext context, Site.Entry entry) {
    Visitor visitor = entry.role() == null ? null : gate.visitor(context.request()).orElse(null);
    Visit visit = new Visit(context, visitor, gate);
    Optional<Reply> refused = refusal(context, entry, visitor);
    Reply reply = refused.isPresent() ? refused.get() : entry.handler().answer(visit);
    String notice = visit.notice();
    if (notice != null) {
      gate.token(context.request()).ifPresent(token -> gate.sessions().leaveNotice(token, notice));
    }
    send(context, visitor, reply);
  }

  /** Why the request is not even looked at; empty when all is well. */
  private static Optional<Reply> refusal(
      RoutingContext context, Site.Entry entry, @Nullable Visitor visitor) {
    boolean form = entry.method().equals("POST");
    if (form && !Gate.ownPage(context.request())) {
      return Optional.of(foreign());
    }
    if (entry.role() == null) {
      return Optional.empty();
    }
    if (visitor == null) {
      String back = form ? "/" : context.request().uri();
      return Optional.of(
          Reply.see("/sign-in?to=" + URLEncoder.encode(back, StandardCharsets.UTF_8)));
    }
    if (!visitor.role().may(entry.role())) {
      return Optional.of(
          new Reply.Refusal(
              403,
              "This is for the role " + entry.role().word(),
              "You are signed in as " + visitor.role().word() + ". Ask an administrator."));
    }
    return form && !Gate.carriesToken(context.request(), visitor)
        ? Optional.of(foreign())
        : Optional.empty();
  }

  private static Reply foreign() {
    return new Reply.Refusal(
        403, "This form is not of your session", "Open the page anew and send it again.");
  }

  private void send(RoutingContext context, @Nullable Visitor visitor, Reply reply) {
    HttpServerResponse response = context.response();
    if (reply instanceof Reply.Page page) {
      html(context, visitor, page.status(), page.template(), page.view());
    } else if (reply instanceof Reply.See see) {
      look(context, see.path());
    } else if (reply instanceof Reply.SignedIn in) {
      response.addCookie(gate.cookie(in.token()));
      look(context, in.path());
    } else if (reply instanceof Reply.SignedOut out) {
      gate.token(context.request()).ifPresent(gate.sessions()::end);
      response.addCookie(gate.noCookie());
      response.putHeader("Clear-Site-Data", "\"cache\", \"storage\"");
      look(context, out.path());
    } else if (reply instanceof Reply.Data data) {
      data(response, data);
    } else if (reply instanceof Reply.Special special) {
      special.headers().forEach(response::putHeader);
      data(response, special.data());
    } else if (reply instanceof Reply.Download download) {
      download(context, download);
    } else if (reply instanceof Reply.Refusal refusal) {
      refuse(context, visitor, refusal);
    }
  }

  private static void data(HttpServerResponse response, Reply.Data data) {
    response
        .setStatusCode(data.status())
        .putHeader("Content-Type", data.type())
        .end(Buffer.buffer(data.body()));
  }

  /** A part of a page cannot be sent elsewhere; htmx takes the whole page there. */
  private static void look(RoutingContext context, String path) {
    if (context.request().getHeader("HX-Request") != null) {
      context.response().putHeader("HX-Redirect", path).setStatusCode(200).end();
    } else {
      context.response().putHeader("Location", path).setStatusCode(303).end();
    }
  }

  private void refuse(RoutingContext context, @Nullable Visitor visitor, Reply.Refusal refusal) {
    html(context, visitor, refusal.status(), "refusal", refusal);
  }

  private void html(
      RoutingContext context, @Nullable Visitor visitor, int status, String template, Object view) {
    boolean part = context.request().getHeader("HX-Request") != null;
    String notice =
        visitor == null || part
            ? null
            : gate.token(context.request()).flatMap(gate.sessions()::takeNotice).orElse(null);
    Frame frame = new Frame(visitor, context.normalizedPath(), notice, assets);
    StringOutput out = new StringOutput(16_384);
    templates.render(template + ".jte", Frame.parameters(frame, view), out);
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .end(out.toString());
  }

  private static void download(RoutingContext context, Reply.Download download) {
    HttpServerResponse response =
        context
            .response()
            .setChunked(true)
            .putHeader("Content-Type", download.type())
            .putHeader("Content-Disposition", "attachment; filename=\"" + download.name() + "\"");
    try (OutputStream out = new BufferedOutputStream(new Body(response), 1 << 16)) {
      download.writing().to(out);
    } catch (IOException | RuntimeException e) {
      LOG.warn("a download was cut off: {}", e.getMessage());
      context.request().connection().close();
      return;
    }
    response.end();
  }

  /** The person gets a number to tell, the log the cause. */
  private void failed(RoutingContext context) {
    String number = UUID.randomUUID().toString().substring(0, 8);
    LOG.error("request failed, number {}", number, context.failure());
    if (!context.response().headWritten()) {
      refuse(
          context,
          null,
          new Reply.Refusal(
              500, "Something went wrong here", "The log tells more under number " + number + "."));
    }
  }

  @Override
  public void close() {
    vertx.close();
  }
}
