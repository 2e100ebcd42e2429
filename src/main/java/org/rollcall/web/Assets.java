package org.rollcall.web;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Style sheets and scripts, from the class path only, each under an address with its digest. */
final class Assets {
  static final String PREFIX = "/assets/";

  private final Map<String, Asset> byName;

  private record Asset(String digest, String type, Buffer body) {}

  Assets() {
    byName =
        Map.of(
            "console.css", load("/web/console.css", "text/css"),
            "console.js", load("/web/console.js", "text/javascript"),
            "icon.svg", load("/web/icon.svg", "image/svg+xml"),
            "htmx.js",
                load(
                    "/META-INF/resources/webjars/htmx.org/" + version() + "/dist/htmx.min.js",
                    "text/javascript"));
  }

  String path(String name) {
    Asset asset = Objects.requireNonNull(byName.get(name), () -> "no asset " + name);
    return PREFIX + asset.digest() + "/" + name;
  }

  /** What lies at a path; an old digest finds nothing, rather than something else. */
  Optional<Found> at(String path) {
    return byName.entrySet().stream()
        .filter(entry -> path(entry.getKey()).equals(path))
        .map(entry -> new Found(entry.getValue().type(), entry.getValue().body()))
        .findFirst();
  }

  record Found(String type, Buffer body) {}

  /** Of htmx, as the pom says. */
  private static String version() {
    try (InputStream in =
        Assets.class.getResourceAsStream(
            "/META-INF/maven/org.webjars.npm/htmx.org/pom.properties")) {
      Properties properties = new Properties();
      properties.load(Objects.requireNonNull(in, "htmx is missing"));
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Asset load(String resource, String type) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      byte[] bytes = Objects.requireNonNull(in, resource).readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Asset(
          HexFormat.of().formatHex(digest, 0, 8), type + "; charset=utf-8", Buffer.buffer(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
