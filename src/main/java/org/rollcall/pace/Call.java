package org.rollcall.pace;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to a provider.
 *
 * @param doing what it is for, as messages say it, such as "adding contacts to a list"
 * @param path relative to the account's API url; or as the provider's next links give it: from the
 *     host's root, or absolute on the same host
 * @param headers beside {@code Authorization} and {@code User-Agent}; {@code Accept} is JSON unless
 *     given, and then the answer has to be JSON
 * @param repeatable whether sending it twice does no more than sending it once, as with every read
 */
public record Call(
    String doing,
    String method,
    String path,
    Map<String, String> headers,
    byte @Nullable [] body,
    boolean repeatable,
    Purpose purpose) {

  /** A read for the daily work. */
  public static Call get(String doing, String path) {
    return new Call(doing, "GET", path, Map.of(), null, true, Purpose.WORK);
  }

  /** A request with a JSON body. */
  public static Call json(
      String doing, String method, String path, byte[] body, boolean repeatable) {
    Map<String, String> headers = Map.of("Content-Type", "application/json");
    return new Call(doing, method, path, headers, body, repeatable, Purpose.WORK);
  }

  /** Says what, not to whom: paths and bodies hold addresses. */
  @Override
  public String toString() {
    return method + " for " + doing;
  }
}
