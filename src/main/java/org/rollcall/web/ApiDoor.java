package org.rollcall.web;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.user.ApiToken;
import org.rollcall.user.ApiTokens;
import org.rollcall.user.Visitor;

/**
 * Who is let in of the machines: whoever shows a token in the header {@code Authorization} (RFC
 * 6750). Cookies count for nothing here, so that no page elsewhere can have a browser ask; and what
 * is refused is refused in JSON (RFC 9457).
 */
final class ApiDoor {
  static final int LARGEST_BODY = 64 << 10;

  /** What to do about a path that is not there. */
  static final String CONTRACT = "GET /api/v1/openapi.yaml says what there is.";

  private static final String PREFIX = "/api/";
  private static final String TOKEN = "rollcall.token";
  private static final Pattern BEARER =
      Pattern.compile("Bearer +([A-Za-z0-9._~+/-]+=*)", Pattern.CASE_INSENSITIVE);

  private final ApiTokens tokens;
  private final Gate gate;
  private final WrongTokens wrong = new WrongTokens(System::nanoTime);

  ApiDoor(ApiTokens tokens, Gate gate) {
    this.tokens = tokens;
    this.gate = gate;
  }

  static boolean leadsTo(RoutingContext context) {
    return context.normalizedPath().startsWith(PREFIX);
  }

  /** The number of the token that was let in; 0 when none was asked for. */
  static long token(RoutingContext context) {
    Long token = context.get(TOKEN);
    return token == null ? 0 : token;
  }

  Reply answer(RoutingContext context, Site.Entry entry) {
    if (entry.role() == null) {
      return answer(context, entry, null);
    }
    Optional<String> given = bearer(context.request());
    if (given.isEmpty()) {
      return challenge(
          401, "", "This needs a token", "Send the header: Authorization: Bearer rc_...");
    }
    String address = context.request().remoteAddress().hostAddress();
    String fingerprint = ApiTokens.fingerprint(given.get());
    if (wrong.tooMany(address, fingerprint)) {
      return new Reply.With(
          Map.of("Retry-After", Long.toString(WrongTokens.WAIT.toSeconds())),
          new Reply.Refusal(
              429, "There were too many wrong tokens from this address", "Wait a minute."));
    }
    Optional<ApiToken> token = tokens.holder(given.get());
    if (token.isEmpty()) {
      wrong.wrong(address, fingerprint);
      return challenge(
          401,
          ", error=\"invalid_token\"",
          "This token is unknown, expired or revoked",
          "Ask an administrator for a new one: rollcall tokens make NAME --role ROLE");
    }
    wrong.good(fingerprint);
    return token.get().role().may(entry.role())
        ? answer(context, entry, token.get())
        : challenge(
            403,
            ", error=\"insufficient_scope\", scope=\"" + entry.role().word() + "\"",
            "This is for the role " + entry.role().word(),
            "This token has the role "
                + token.get().role().word()
                + ". Ask an administrator for another.");
  }

  private Reply answer(RoutingContext context, Site.Entry entry, @Nullable ApiToken token) {
    String wanted = String.join(",", context.request().headers().getAll("Accept"));
    Optional<String> type = Accepting.best(wanted, entry.types());
    if (type.isEmpty()) {
      return new Reply.Refusal(
          406,
          "The answer cannot be given in the type that is asked for",
          "Accept " + String.join(" or ", entry.types()) + ".");
    }
    if (token != null) {
      context.put(TOKEN, token.id());
    }
    Visitor visitor =
        token == null ? null : new Visitor(0, "token " + token.name(), token.role(), "");
    return entry.handler().answer(new Visit(context, visitor, gate, token, type.get()));
  }

  private static Optional<String> bearer(HttpServerRequest request) {
    List<String> headers = request.headers().getAll("Authorization");
    if (headers.size() != 1) {
      return Optional.empty();
    }
    Matcher matcher = BEARER.matcher(headers.get(0).strip());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Reply challenge(int status, String error, String what, String remedy) {
    return new Reply.With(
        Map.of("WWW-Authenticate", "Bearer realm=\"rollcall\"" + error),
        new Reply.Refusal(status, what, remedy));
  }

  /** Looks at what there is to be read before it is read. */
  static void checkBody(RoutingContext context) {
    String type = context.request().getHeader("Content-Type");
    boolean json =
        type != null
            && type.toLowerCase(Locale.ROOT)
                .matches("application/json(\\s*;\\s*charset=\"?utf-8\"?)?");
    String length = context.request().getHeader("Content-Length");
    boolean nothing =
        (length == null || length.equals("0"))
            && context.request().getHeader("Transfer-Encoding") == null;
    if (json || nothing && type == null) {
      context.next();
    } else {
      problem(
          context,
          new Reply.Refusal(
              415,
              "The body is not JSON in UTF-8",
              "Send JSON with the header: Content-Type: application/json"));
    }
  }

  static void problem(RoutingContext context, Reply.Refusal refusal) {
    JsonObject body =
        new JsonObject()
            .put("title", HttpResponseStatus.valueOf(refusal.status()).reasonPhrase())
            .put("status", refusal.status())
            .put("detail", refusal.what() + ".")
            .put("remedy", refusal.remedy());
    context
        .response()
        .setStatusCode(refusal.status())
        .putHeader("Content-Type", "application/problem+json")
        .end(body.encode() + "\n");
  }

  /** RFC 9110 wants to be told what would work. */
  static void otherMethod(RoutingContext context, List<String> methods) {
    String allowed = String.join(", ", methods);
    context.response().putHeader("Allow", allowed);
    if (context.request().method().name().equals("OPTIONS")) {
      context.response().setStatusCode(204).end();
      return;
    }
    problem(
        context,
        new Reply.Refusal(405, "This cannot be asked for in this way", "Use " + allowed + "."));
  }
}
