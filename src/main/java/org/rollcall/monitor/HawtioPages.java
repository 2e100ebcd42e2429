package org.rollcall.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;

/**
 * Hawtio's own pages, for administrators, from the class path. They get a content policy of their
 * own: their scripts make styles and workers while they run, which the console forbids itself.
 */
final class HawtioPages {
  private static final String FOLDER = "/hawtio/";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:;"
          + " manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json; charset=utf-8",
          "txt", "text/plain; charset=utf-8",
          "svg", "image/svg+xml",
          "ico", "image/x-icon",
          "png", "image/png",
          "woff2", "font/woff2");

  void mount(Site site) {
    site.get("/hawtio/user", Role.ADMINISTRATOR, HawtioPages::user);
    site.get("/hawtio/plugin", Role.ADMINISTRATOR, visit -> special("json", bytes("[]"), false));
    site.get("/hawtio/*", Role.ADMINISTRATOR, this::file);
  }

  /** Hawtio asks for the name of whoever has signed in. */
  private static Reply user(Visit visit) {
    return special(
        "json",
        bytes("\"" + visit.visitor().name().replaceAll("[\"\\\\\\p{Cntrl}]", "_") + "\""),
        false);
  }

  private Reply file(Visit visit) {
    if (!visit.path().startsWith(FOLDER)) {
      return Reply.see(FOLDER);
    }
    String name = visit.path().substring(FOLDER.length());
    String type = type(name);
    if (type == null) {
      // addresses inside Hawtio, such as /hawtio/camel/routes, are all its one page
      return name.contains(".") || name.matches("(keycloak|auth|proxy|oauth)(/.*)?")
          ? missing()
          : page();
    }
    return load(name)
        .map(found -> special(type, found, name.startsWith("static/")))
        .orElseGet(HawtioPages::missing);
  }

  private static Reply page() {
    return load("index.html")
        .map(found -> special("html", found, false))
        .orElseGet(HawtioPages::missing);
  }

  private static Reply missing() {
    return Reply.missing("There is no such page", "Go to /hawtio/.");
  }

  private static @Nullable String type(String name) {
    String end = name.substring(name.lastIndexOf('.') + 1);
    return name.contains(".") && TYPES.containsKey(end) ? end : null;
  }

  /** Only plain names: nothing outside of the folder can be meant. */
  private static Optional<byte[]> load(String name) {
    if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")) {
      return Optional.empty();
    }
    try (InputStream in = HawtioPages.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reply special(String end, byte[] body, boolean lasting) {
    String cache = lasting ? "private, max-age=31536000, immutable" : "no-store";
    return new Reply.Special(
        new Reply.Data(200, String.valueOf(TYPES.get(end)), body),
        Map.of("Content-Security-Policy", POLICY, "Cache-Control", cache));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
