package org.rollcall.alert;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of handing a message to the mail server.
 *
 * @param taken recipients for whom the server took it
 * @param trouble why it did not for the others; null when it did for all
 */
public record Handover(Set<String> taken, @Nullable Trouble trouble) {
  /**
   * Why a message was not taken.
   *
   * @param sentence for the operator, without addresses and passwords
   * @param reached whether the server answered, so that it may take another message
   * @param forGood the server says that asking again is in vain
   */
  public record Trouble(String sentence, boolean reached, boolean forGood) {}

  static Handover failed(Trouble trouble) {
    return new Handover(Set.of(), trouble);
  }
}
