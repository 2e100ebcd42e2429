package org.rollcall.api;

import java.util.Map;
import org.rollcall.demand.Asker;
import org.rollcall.demand.Order;
import org.rollcall.demand.Orders;
import org.rollcall.demand.Placed;
import org.rollcall.demand.Wish;
import org.rollcall.user.Audit;
import org.rollcall.web.Reply;

/** Starts what is asked for, and tells how the answer to it looks. */
final class Starting {
  private final Orders orders;

  Starting(Orders orders) {
    this.orders = orders;
  }

  Order order(long number) {
    return orders
        .find(number)
        .orElseThrow(
            () ->
                Wrong.missing("There is no order of this number", "Orders are kept for 30 days."));
  }

  Reply start(Request request, Wish wish) {
    String key = request.visit().header("Idempotency-Key").orElse(null);
    if (key != null && !key.matches("[\\x21-\\x7e]{1,255}")) {
      throw Wrong.unreadable(
          "The Idempotency-Key is not 1 to 255 printable characters", "Use a random UUID.");
    }
    String named = key == null ? null : request.visit().token().id() + " " + key;
    Placed placed = orders.place(new Asker(Audit.Through.API, request.by(), named), wish);
    if (placed instanceof Placed.Taken taken) {
      return new Reply.With(
          Map.of("Location", Doors.ROOT + "/orders/" + taken.order().order()),
          Answers.json(202, taken.order()));
    }
    if (placed instanceof Placed.Refused refused) {
      return new Reply.With(
          Map.of("Retry-After", "60"), new Reply.Refusal(503, refused.why(), refused.remedy()));
    }
    throw Wrong.input(placed.sentence(), "Use a fresh key for each thing that is asked for.");
  }
}
