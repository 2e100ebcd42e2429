package org.rollcall.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lets the options that all commands share stand before the command as well as after it. */
final class Arguments {
  private static final Set<String> SHARED = Set.of("--home", "--set", "--log-level");

  private Arguments() {}

  /** {@code --home D sync x} becomes {@code sync --home D x}. */
  static String[] commandFirst(String[] args) {
    int command = 0;
    while (command < args.length && SHARED.contains(args[command].split("=", 2)[0])) {
      command += args[command].contains("=") && !args[command].equals("--set") ? 1 : 2;
    }
    if (command == 0 || command >= args.length) {
      return args;
    }
    List<String> all = List.of(args);
    List<String> moved = new ArrayList<>(args.length);
    moved.add(args[command]);
    moved.addAll(all.subList(0, command));
    moved.addAll(all.subList(command + 1, args.length));
    return moved.toArray(String[]::new);
  }
}
