package org.rollcall.route;

import org.apache.camel.component.direct.DirectConsumerNotAvailableException;

/** Says what to do when a route that others lead to has been stopped by hand. */
final class StoppedRoutes {
  private StoppedRoutes() {}

  /** The same reason, or a clearer one. */
  static RuntimeException explained(RuntimeException reason) {
    for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
      if (cause instanceof DirectConsumerNotAvailableException stopped) {
        return new IllegalStateException(sentence(stopped), reason);
      }
    }
    return reason;
  }

  private static String sentence(DirectConsumerNotAvailableException stopped) {
    String message = String.valueOf(stopped.getMessage());
    String name = message.replaceFirst("(?s).*direct://([A-Za-z0-9_-]+).*", "$1");
    return "the route that listens on direct:%s is not running; nothing was changed for it. Start it"
            .formatted(name.equals(message) ? "(unknown)" : name)
        + " where it was stopped, or start the service anew";
  }
}
