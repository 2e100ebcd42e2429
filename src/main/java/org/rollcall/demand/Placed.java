package org.rollcall.demand;

/** What was made of a wish. */
public sealed interface Placed {
  /** For the one who asked. */
  String sentence();

  /**
   * It will be done.
   *
   * @param anew false when the same was asked for before
   */
  record Taken(Order order, boolean anew) implements Placed {
    @Override
    public String sentence() {
      return anew ? "It begins now." : "The same is waiting or running already.";
    }
  }

  /** Something else was asked for before under this key. */
  record Otherwise(Order before) implements Placed {
    @Override
    public String sentence() {
      return "Under this Idempotency-Key something else was asked for before (order %d)"
          .formatted(before.order());
    }
  }

  /** Nothing is taken at this moment. */
  record Refused(String why, String remedy) implements Placed {
    @Override
    public String sentence() {
      return why + ". " + remedy;
    }
  }
}
