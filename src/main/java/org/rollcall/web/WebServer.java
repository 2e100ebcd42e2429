package org.rollcall.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.ServiceSettings;
import org.rollcall.user.ApiTokens;
import org.rollcall.user.Sessions;
import org.rollcall.user.Visitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a {@link Site} over HTTP. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final int LARGEST_FORM = 2 << 20;
  private static final int LARGEST_FORM_AT_THE_DOOR = 64 << 10;

  /** As many as a form of that size can hold with short names. */
  private static final int MOST_FIELDS = 50_000;

  private static final int MOST_FILES_A_PERSON = 2;
  private static final int PATIENCE_SECONDS = 10;

  private final Vertx vertx;
  private final Gate gate;
  private final ApiDoor machines;
  private final Assets assets = new Assets();
  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Router router;
  private final HttpServer server;
  private final SlowClients slow;
  private final Lane door;
  private final Lane pages;
  private final Lane files;

  /** Tokens of machines have numbers below zero. */
  private final Map<Long, Integer> filesByPerson = new ConcurrentHashMap<>();

  private WebServer(
      ServiceSettings settings, Sessions sessions, ApiTokens tokens, Patience patience) {
    vertx = Vertx.vertx(options());
    door = new Lane(vertx, "door", 8, 100);
    pages = new Lane(vertx, "pages", 16, 200);
    files = new Lane(vertx, "files", 12, 0);
    slow = new SlowClients(vertx, patience);
    gate = new Gate(sessions, settings.publicUrl(), loopback(settings.host()));
    machines = new ApiDoor(tokens, gate);
    router = Router.router(vertx);
    server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setIdleTimeout(120)
                .setCompressionSupported(true)
                .setMaxFormAttributeSize(LARGEST_FORM)
                .setMaxFormFields(MOST_FIELDS)
                .setHttp2ClearTextEnabled(false));
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
  public static WebServer bind(ServiceSettings settings, Sessions sessions, ApiTokens tokens) {
    return bind(settings, sessions, tokens, Patience.DEFAULT);
  }

  static WebServer bind(
      ServiceSettings settings, Sessions sessions, ApiTokens tokens, Patience patience) {
    if (!loopback(settings.host()) && settings.publicUrl() == null) {
      LOG.warn(
          "rollcall.service.host is {}: whoever reaches it sees the sign-in page and the names of"
              + " accounts and syncs; set rollcall.service.public-url to an https address",
          settings.host());
    }
    WebServer web = new WebServer(settings, sessions, tokens, patience);
    web.router.route().order(-2).handler(web::admit);
    for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
      web.router.route(method, Assets.PREFIX + "*").order(-1).handler(web::asset);
    }
    web.router.errorHandler(400, context -> web.refuse(context, null, unclear()));
    web.router.errorHandler(404, context -> web.refuse(context, null, notFound(context)));
    web.router.errorHandler(405, context -> web.refuse(context, null, otherMethod()));
    web.router.errorHandler(413, context -> web.refuse(context, null, tooLarge(context)));
    web.router.errorHandler(500, web::failed);
    try {
      web.server
          .connectionHandler(web.slow::opened)
          .invalidRequestHandler(web::garbled)
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

  private static Reply.Refusal notFound(RoutingContext context) {
    return ApiDoor.leadsTo(context)
        ? new Reply.Refusal(404, "There is no such path", ApiDoor.CONTRACT)
        : new Reply.Refusal(404, "There is no such page", "Go to the overview.");
  }

  private static Reply.Refusal unclear() {
    return new Reply.Refusal(400, "This request cannot be read", "Go to the overview.");
  }

  private static Reply.Refusal busy() {
    return new Reply.Refusal(
        503, "Too much is asked for at this moment", "Wait a minute and try again.");
  }

  private static Reply.Refusal otherName() {
    return new Reply.Refusal(
        421, "This server goes by another name", "See rollcall.service.public-url.");
  }

  private static Reply.Refusal otherMethod() {
    return new Reply.Refusal(405, "This page is not asked for in this way", "Go to the overview.");
  }

  private static Reply.Refusal tooLarge(RoutingContext context) {
    String most = ApiDoor.leadsTo(context) ? "64 KB" : "2 MB";
    return new Reply.Refusal(413, "This is too much at once", "Send less than " + most + ".");
  }

  /** From now on the site is there. */
  public void serve(Site site) {
    BodyHandler bodies = BodyHandler.create(false).setBodyLimit(LARGEST_FORM);
    BodyHandler atTheDoor = BodyHandler.create(false).setBodyLimit(LARGEST_FORM_AT_THE_DOOR);
    serveMachines(site);
    for (Site.Entry entry : site.entries()) {
      if (entry.door() == Site.Door.BEARER) {
        continue;
      }
      HttpMethod method = HttpMethod.valueOf(entry.method());
      if (entry.method().equals("POST")) {
        router.route(method, entry.path()).handler(context -> beforeBody(context, entry));
      }
      var route = router.route(method, entry.path());
      if (entry.method().equals("POST")) {
        route.handler(entry.role() == null ? atTheDoor : bodies);
      } else {
        router.route(HttpMethod.HEAD, entry.path()).handler(context -> work(context, entry));
      }
      route.handler(context -> work(context, entry));
    }
  }

  private void serveMachines(Site site) {
    BodyHandler bodies = BodyHandler.create(false).setBodyLimit(ApiDoor.LARGEST_BODY);
    Map<String, List<String>> methods = new LinkedHashMap<>();
    for (Site.Entry entry : site.entries()) {
      if (entry.door() != Site.Door.BEARER) {
        continue;
      }
      List<String> known = methods.computeIfAbsent(entry.path(), path -> new ArrayList<>());
      known.add(entry.method());
      HttpMethod method = HttpMethod.valueOf(entry.method());
      if (entry.method().equals("POST")) {
        router.route(method, entry.path()).handler(ApiDoor::checkBody);
        router.route(method, entry.path()).handler(bodies);
      } else {
        known.add("HEAD");
        router.route(HttpMethod.HEAD, entry.path()).handler(context -> work(context, entry));
      }
      router.route(method, entry.path()).handler(context -> work(context, entry));
    }
    methods.forEach(
        (path, known) ->
            router.route(path).handler(context -> ApiDoor.otherMethod(context, known)));
  }

  public int port() {
    return server.actualPort();
  }

  private void admit(RoutingContext context) {
    Headers.put(context.response().headers(), gate.secure());
    slow.asked(context.request());
    if (Shape.lastOfItsConnection(context.request())) {
      context.response().putHeader("Connection", "close");
    }
    if (Shape.unclear(context.request())) {
      context.response().putHeader("Connection", "close");
      context.addEndHandler(ended -> context.request().connection().close());
      refuse(context, null, unclear());
    } else if (gate.knows(context.request())) {
      context.next();
    } else if (ApiDoor.leadsTo(context)) {
      refuse(context, null, otherName());
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
            () -> refuse(context, null, notFound(context)));
  }

  /** What cannot be read as HTTP has no route. */
  private void garbled(HttpServerRequest request) {
    Headers.put(request.response().headers(), gate.secure());
    Throwable cause = request.decoderResult().cause();
    int status =
        cause instanceof TooLongHttpLineException
            ? 414
            : cause instanceof TooLongHttpHeaderException ? 431 : 400;
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .putHeader("Connection", "close")
        .end("This request cannot be read.\n")
        .onComplete(sent -> request.connection().close());
  }

  /** Of forms whose sender may not send them, nothing is read. */
  private void beforeBody(RoutingContext context, Site.Entry entry) {
    context.request().pause();
    boolean room =
        lane(entry)
            .run(
                () -> {
                  Visitor visitor = visitor(context, entry);
                  Optional<Reply> refused = refusal(context, entry, visitor);
                  if (refused.isPresent()) {
                    context.response().putHeader("Connection", "close");
                    send(context, visitor, refused.get());
                  } else {
                    context.vertx().runOnContext(next -> readOn(context));
                  }
                },
                context::fail);
    if (!room) {
      context.response().putHeader("Connection", "close");
      refuse(context, null, busy());
    }
  }

  private static void readOn(RoutingContext context) {
    context.request().resume();
    context.next();
  }

  private Lane lane(Site.Entry entry) {
    return entry.role() == null ? door : pages;
  }

  private @Nullable Visitor visitor(RoutingContext context, Site.Entry entry) {
    return entry.role() == null ? null : gate.visitor(context.request()).orElse(null);
  }

  private void work(RoutingContext context, Site.Entry entry) {
    if (!lane(entry).run(() -> answer(context, entry), context::fail)) {
      refuse(context, null, busy());
    }
  }

  private void answer(RoutingContext context, Site.Entry entry) {
    if (entry.door() == Site.Door.BEARER) {
      send(context, null, machines.answer(context, entry));
      return;
    }
    Visitor visitor = visitor(context, entry);
    Visit visit = new Visit(context, visitor, gate);
    Optional<Reply> refused =
        refusal(context, entry, visitor).or(() -> wrongForm(context, entry, visitor));
    Reply reply = refused.isPresent() ? refused.get() : entry.handler().answer(visit);
    String notice = visit.notice();
    if (notice != null) {
      gate.token(context.request()).ifPresent(token -> gate.sessions().leaveNotice(token, notice));
    }
    send(context, visitor, reply);
  }

  /** Why the request is not even looked at; empty when all is well. */
  private Optional<Reply> refusal(
      RoutingContext context, Site.Entry entry, @Nullable Visitor visitor) {
    boolean form = entry.method().equals("POST");
    if (form && !gate.ownPage(context.request())) {
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
    return Optional.empty();
  }

  private static Optional<Reply> wrongForm(
      RoutingContext context, Site.Entry entry, @Nullable Visitor visitor) {
    if (!entry.method().equals("POST")) {
      return Optional.empty();
    }
    if (Shape.hasNul(context.request().formAttributes())) {
      return Optional.of(unclear());
    }
    return visitor != null && !Gate.carriesToken(context.request(), visitor)
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
      gate.token(context.request()).ifPresent(gate.sessions()::end);
      response.addCookie(gate.cookie(in.token()));
      look(context, in.path());
    } else if (reply instanceof Reply.Away away) {
      response.putHeader("Location", away.to().toString()).setStatusCode(303).end();
    } else if (reply instanceof Reply.Keep keep) {
      response.addCookie(gate.cookie(keep.cookie(), keep.text()).setMaxAge(keep.age().toSeconds()));
      send(context, visitor, keep.then());
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
      String saved = "attachment; filename=\"" + download.name() + "\"";
      response.putHeader("Content-Disposition", saved);
      file(context, visitor, download.type(), download.writing());
    } else if (reply instanceof Reply.Stream stream) {
      file(context, visitor, stream.type(), stream.writing());
    } else if (reply instanceof Reply.Events events) {
      events(context, events);
    } else if (reply instanceof Reply.With with) {
      with.headers().forEach(response::putHeader);
      send(context, visitor, with.reply());
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
    if (refusal.status() == 503 && !context.response().headers().contains("Retry-After")) {
      context.response().putHeader("Retry-After", "60");
    }
    if (ApiDoor.leadsTo(context)) {
      ApiDoor.problem(context, refusal);
      return;
    }
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

  /** Whoever reads slowly holds a thread that pages do not need, and not many of them. */
  private void file(
      RoutingContext context, @Nullable Visitor visitor, String type, Reply.Writing writing) {
    Long person = visitor == null ? -ApiDoor.token(context) : visitor.userId();
    boolean mine = filesByPerson.merge(person, 1, Integer::sum) <= MOST_FILES_A_PERSON;
    boolean begun =
        mine
            && files.run(
                () -> {
                  try {
                    stream(context, type, writing);
                  } finally {
                    fileEnded(person);
                  }
                },
                context::fail);
    if (!begun) {
      fileEnded(person);
      context.response().headers().remove("Content-Disposition");
      refuse(
          context,
          visitor,
          new Reply.Refusal(
              503,
              "Too many files are being fetched",
              "Wait until yours are there, then try again."));
    }
  }

  private void fileEnded(Long person) {
    filesByPerson.computeIfPresent(person, (whose, open) -> open > 1 ? open - 1 : null);
  }

  /** Not packed, for packing would keep events back. */
  private void events(RoutingContext context, Reply.Events events) {
    HttpServerResponse response =
        context
            .response()
            .setChunked(true)
            .putHeader("Content-Type", "text/event-stream")
            .putHeader("Content-Encoding", "identity")
            .putHeader("X-Accel-Buffering", "no");
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      events.taker().accept(new Channel(response));
    }
  }

  private static void stream(RoutingContext context, String type, Reply.Writing writing) {
    HttpServerResponse response =
        context.response().setChunked(true).putHeader("Content-Type", type);
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    try (OutputStream out = new BufferedOutputStream(new Body(response), 1 << 16)) {
      writing.to(out);
    } catch (IOException | RuntimeException e) {
      LOG.warn("an answer was cut off: {}", e.getMessage());
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
