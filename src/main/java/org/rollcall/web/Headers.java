package org.rollcall.web;

import io.vertx.core.MultiMap;

/** What browsers are told with every answer (ASVS 5.0, chapter 3.4). */
final class Headers {
  /** Nothing inline, nothing from elsewhere, nobody may put a frame around it. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private Headers() {}

  static void put(MultiMap headers, boolean secure) {
    headers
        .set("Content-Security-Policy", POLICY)
        .set("X-Content-Type-Options", "nosniff")
        .set("X-Frame-Options", "DENY")
        .set("Referrer-Policy", "no-referrer")
        .set("Cross-Origin-Opener-Policy", "same-origin")
        .set("Cross-Origin-Resource-Policy", "same-origin")
        .set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        .set("Cache-Control", "no-store");
    if (secure) {
      headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
  }
}
