package org.rollcall.user;

import com.nulabinc.zxcvbn.Zxcvbn;
import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * How passwords are judged and kept: Argon2id with 19 MiB, two passes and one lane, as the OWASP
 * password storage cheat sheet asks for at least.
 */
final class Passwords {
  static final int SHORTEST = 10;

  /** Longer ones would only keep the processor busy (ASVS 6.2.9 asks for 64 at least). */
  static final int LONGEST = 200;

  private static final int ENOUGH = 3;

  /** The judgement takes longer the longer the text; more than this would not change it. */
  private static final int JUDGED = 60;

  /** Each takes 19 MiB: many attempts at once must not take all memory and processors. */
  private static final Semaphore AT_ONCE = new Semaphore(4);

  private static final Argon2Function ARGON =
      Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);
  private static final Zxcvbn STRENGTH = new Zxcvbn();

  /** Compared with when there is no such user, so that the answer takes as long: nobody's hash. */
  static final String NOBODY =
      "$argon2id$v=19$m=19456,t=2,p=1$%s$%s".formatted(zeros(16), zeros(32));

  private Passwords() {}

  private static String zeros(int bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(new byte[bytes]);
  }

  static String hash(String password) {
    AT_ONCE.acquireUninterruptibly();
    try {
      return Password.hash(password).addRandomSalt(16).with(ARGON).getResult();
    } finally {
      AT_ONCE.release();
    }
  }

  /** Takes the same time whether there is a hash or not. */
  static boolean fits(String password, @Nullable String hash) {
    if (password.length() > LONGEST) {
      return false;
    }
    return check(password, hash == null ? NOBODY : hash) && hash != null;
  }

  private static boolean check(String password, String hash) {
    AT_ONCE.acquireUninterruptibly();
    try {
      return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    } finally {
      AT_ONCE.release();
    }
  }

  /** What is wrong with a new password, in words for the person; empty when it will do. */
  static Optional<String> flaw(String password, String name) {
    if (password.length() < SHORTEST) {
      return Optional.of("Take at least " + SHORTEST + " characters; a few words are good.");
    }
    if (password.length() > LONGEST) {
      return Optional.of("Take at most " + LONGEST + " characters.");
    }
    return STRENGTH
                .measure(
                    password.substring(0, Math.min(password.length(), JUDGED)),
                    List.of(name, "rollcall"))
                .getScore()
            < ENOUGH
        ? Optional.of("This is easy to guess. Take a few words that do not belong together.")
        : Optional.empty();
  }
}
