package org.rollcall.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The trouble ordered by a test, in the order it was ordered. */
final class Faults {
  private static final class Armed {
    final Fault fault;
    final Pattern path;
    int skip;
    int left;

    Armed(Fault fault) {
      this.fault = fault;
      this.path = Pattern.compile(("\\Q" + fault.path() + "\\E").replace("*", "\\E.*\\Q"));
      this.skip = fault.skip();
      this.left = fault.times();
    }

    boolean matches(String method, String requestPath) {
      return left != 0
          && (fault.method().equals("*") || fault.method().equalsIgnoreCase(method))
          && path.matcher(requestPath).matches();
    }
  }

  /** The same trouble in every test run. */
  private final Random random = new Random(42);

  private final List<Armed> armed = new ArrayList<>();

  synchronized void add(Fault fault) {
    armed.add(new Armed(fault));
  }

  synchronized void clear() {
    armed.clear();
  }

  /** What is still to come, with the remaining number of hits. */
  synchronized List<Fault> pending() {
    return armed.stream().map(each -> each.fault.withTimes(each.left)).toList();
  }

  /** The first fault for this request, used up by one. */
  synchronized @Nullable Fault take(String method, String path) {
    for (Armed each : armed) {
      if (each.matches(method, path) && hits(each)) {
        return each.fault;
      }
    }
    return null;
  }

  private boolean hits(Armed each) {
    if (each.skip > 0) {
      each.skip--;
      return false;
    }
    if (each.fault.chance() < 1 && random.nextDouble() >= each.fault.chance()) {
      return false;
    }
    if (each.left > 0 && --each.left == 0) {
      armed.remove(each);
    }
    return true;
  }
}
