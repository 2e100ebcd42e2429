package org.rollcall.api;

import org.rollcall.web.Reply;

/** A request that cannot be answered as it is; carries the answer that says why. */
final class Wrong extends RuntimeException {
  private final transient Reply.Refusal refusal;

  private Wrong(int status, String what, String remedy) {
    super(what, null, false, false);
    this.refusal = new Reply.Refusal(status, what, remedy);
  }

  /** What is asked for is not there. */
  static Wrong missing(String what, String remedy) {
    return new Wrong(404, what, remedy);
  }

  /** It cannot be read at all. */
  static Wrong unreadable(String what, String remedy) {
    return new Wrong(400, what, remedy);
  }

  /** It can be read and makes no sense. */
  static Wrong input(String what, String remedy) {
    return new Wrong(422, what, remedy);
  }

  /** It made sense before something else happened. */
  static Wrong late(String what, String remedy) {
    return new Wrong(409, what, remedy);
  }

  Reply.Refusal refusal() {
    return refusal;
  }
}
