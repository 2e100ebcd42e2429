package org.rollcall.settings;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Settings that nothing can start with: every problem found, one line each. */
public final class SettingsException extends RuntimeException {
  private final transient List<Problem> problems;

  public SettingsException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
