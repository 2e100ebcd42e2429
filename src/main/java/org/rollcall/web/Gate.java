package org.rollcall.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.user.Sessions;
import org.rollcall.user.Visitor;

/** Who is let in: sessions in cookies, and forms only from our own pages. */
final class Gate {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> FORWARDED =
      Set.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private static final String SESSION = "rollcall";

  private final Sessions sessions;
  private final @Nullable URI publicUrl;
  private final boolean onlyLoopback;

  /**
   * @param publicUrl how browsers reach the console; over https its cookies are bound to it
   * @param onlyLoopback nobody else can reach the port, so that other names are a trick (DNS
   *     rebinding)
   */
  Gate(Sessions sessions, @Nullable URI publicUrl, boolean onlyLoopback) {
    this.sessions = sessions;
    this.publicUrl = publicUrl;
    this.onlyLoopback = onlyLoopback;
  }

  /** Whether the request was meant for this server. Names of this machine no page elsewhere has. */
  boolean knows(HttpServerRequest request) {
    String host = request.authority() == null ? "" : request.authority().host();
    return (publicUrl != null && publicUrl.getHost().equalsIgnoreCase(host))
        || LOOPBACK.contains(host)
        || (!onlyLoopback && publicUrl == null);
  }

  /** A proxy says for whom it asks, or asks for the public name; both count as from elsewhere. */
  boolean fromHere(HttpServerRequest request) {
    String host = request.authority() == null ? "" : request.authority().host();
    return loopback(request.remoteAddress())
        && LOOPBACK.contains(host)
        && FORWARDED.stream().allMatch(header -> request.getHeader(header) == null);
  }

  /** Whether a form comes from a page of ours, as far as the browser tells. */
  boolean ownPage(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    if (site == null) {
      return origin == null || ownOrigin(origin, request);
    }
    // our policy for referrers has browsers call the origin of our own forms null
    return (site.equals("same-origin") || site.equals("none"))
        && (origin == null || origin.equals("null") || ownOrigin(origin, request));
  }

  /** A proxy that speaks https may ask us under a name of its own: then the settings tell. */
  private boolean ownOrigin(String origin, HttpServerRequest request) {
    return (publicUrl != null && origin.equalsIgnoreCase(origin(publicUrl)))
        || ((onlyLoopback || publicUrl == null)
            && origin.equalsIgnoreCase("http://" + request.getHeader("Host")));
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  private static boolean loopback(@Nullable SocketAddress address) {
    String host = address == null ? null : address.hostAddress();
    return host != null
        && (host.startsWith("127.") || host.equals("0:0:0:0:0:0:0:1") || host.equals("::1"));
  }

  static boolean carriesToken(HttpServerRequest request, Visitor visitor) {
    String given = request.getHeader("X-Form-Token");
    if (given == null) {
      given = request.getFormAttribute("form-token");
    }
    return given != null && FormToken.fits(given, visitor.formToken());
  }

  Optional<Visitor> visitor(HttpServerRequest request) {
    return token(request).flatMap(sessions::visitor);
  }

  Optional<String> token(HttpServerRequest request) {
    return text(request, SESSION);
  }

  Optional<String> text(HttpServerRequest request, String name) {
    return Optional.ofNullable(request.getCookie(cookieName(name))).map(Cookie::getValue);
  }

  Cookie cookie(String token) {
    return cookie(SESSION, token);
  }

  Cookie cookie(String name, String text) {
    return Cookie.cookie(cookieName(name), text)
        .setHttpOnly(true)
        .setSecure(secure())
        .setSameSite(CookieSameSite.LAX)
        .setPath("/");
  }

  Cookie noCookie() {
    return cookie("").setMaxAge(0);
  }

  /** Browsers keep others from setting a cookie of this name. */
  private String cookieName(String name) {
    return secure() ? "__Host-" + name : name;
  }

  boolean secure() {
    return publicUrl != null && "https".equals(publicUrl.getScheme());
  }

  Sessions sessions() {
    return sessions;
  }
}
