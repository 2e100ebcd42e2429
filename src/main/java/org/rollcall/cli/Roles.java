package org.rollcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.rollcall.contract.Output;
import org.rollcall.user.Role;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Roles as people and programs write them. */
final class Roles {
  private Roles() {}

  /**
   * @throws ParameterException when there is no such role
   */
  static Role of(CommandLine command, String word) {
    if (!word.matches("viewer|operator|administrator")) {
      throw new ParameterException(
          command, "\"" + word + "\" is not a role; use viewer, operator or administrator");
    }
    return Role.of(word);
  }

  /** A record that has a role, with that in the word that is used everywhere else. */
  static JsonNode json(Object holder, Role role) {
    ObjectNode node = (ObjectNode) Output.parsed(Output.json(holder));
    return node.put("role", role.word());
  }
}
