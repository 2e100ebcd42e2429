package org.rollcall.sandbox;

/** The control interface under {@code /sandbox}. */
final class ControlResource {
  private final Control control;

  ControlResource(Control control) {
    this.control = control;
  }

  Answer answer(Call call) {
    if (call.path.equals("/sandbox/contacts.ndjson")) {
      return Answer.stream("application/x-ndjson", control::dump);
    }
    throw Refusal.notFound("The requested resource");
  }
}
