package org.rollcall.web;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/**
 * Whether a request is of a shape that can mean one thing only. What a proxy before us might read
 * otherwise than we do is refused (ASVS 5.0, 4.2.1).
 */
final class Shape {
  private Shape() {}

  /** Two hosts, a body of unclear length, or a NUL, which no database keeps. */
  static boolean unclear(HttpServerRequest request) {
    MultiMap headers = request.headers();
    return headers.getAll("Host").size() != 1
        || !request.uri().startsWith("/")
        || headers.contains("Transfer-Encoding")
            && !"chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))
        || request.uri().contains("%00");
  }

  /** A body in pieces could hide a second request: nothing that follows it is looked at. */
  static boolean lastOfItsConnection(HttpServerRequest request) {
    return request.headers().contains("Transfer-Encoding");
  }

  static boolean hasNul(MultiMap form) {
    for (Map.Entry<String, String> field : form) {
      if (field.getKey().indexOf('\0') >= 0 || field.getValue().indexOf('\0') >= 0) {
        return true;
      }
    }
    return false;
  }
}
