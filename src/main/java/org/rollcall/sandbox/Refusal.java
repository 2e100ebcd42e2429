package org.rollcall.sandbox;

import java.util.Collection;

/** Ends the handling of a request with an error answer of the interface itself (an array). */
final class Refusal extends RuntimeException {
  private final int status;
  private final String key;

  Refusal(int status, String key, String message) {
    super(message, null, false, false);
    this.status = status;
    this.key = key;
  }

  static Refusal invalid(String message) {
    return new Refusal(400, "contacts.api.validation.error", message);
  }

  /** Several faults are joined in one message. */
  static Refusal invalid(Collection<String> messages) {
    return invalid(String.join(", ", messages));
  }

  static Refusal notFound(String what) {
    return new Refusal(404, "contacts.api.not_found", what + " was not found.");
  }

  static Refusal malformedId(String parameter) {
    return new Refusal(404, "contacts.api.not_found", parameter + " is in an invalid format.");
  }

  static Refusal conflict(String message) {
    return new Refusal(409, "contacts.api.conflict", message);
  }

  Answer answer() {
    return Answer.json(
        status,
        Json.MAPPER
            .createArrayNode()
            .add(Json.object("error_key", key, "error_message", String.valueOf(getMessage()))));
  }
}
