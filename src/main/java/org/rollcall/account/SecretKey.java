package org.rollcall.account;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.Secret;
import org.rollcall.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hub's secret key: from the settings, or generated once into {@code data/secret.key}. */
public final class SecretKey {
  private static final Logger LOG = LoggerFactory.getLogger(SecretKey.class);

  private SecretKey() {}

  public static Secret of(Settings settings) {
    return of(settings.home(), settings.secretKey());
  }

  static Secret of(Path home, @Nullable Secret given) {
    if (given != null) {
      return given;
    }
    Path file = home.resolve("data").resolve("secret.key");
    try {
      return Files.exists(file) ? read(file) : generate(file);
    } catch (IOException e) {
      throw new IllegalStateException(
          file + " cannot be read or written; set rollcall.secret-key instead", e);
    }
  }

  private static Secret read(Path file) throws IOException {
    String key = Files.readString(file).strip();
    if (key.isEmpty()) {
      throw new IOException("the file is empty");
    }
    return new Secret(key);
  }

  private static Secret generate(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path draft = Files.createTempFile(file.getParent(), "secret", ".key", ownerOnly());
    try {
      write(draft, randomKey());
      // A link appears whole or not at all, and never replaces the key of somebody faster.
      Files.createLink(file, draft);
      LOG.warn(
          "No rollcall.secret-key is set: generated {}. Whoever has it can read the tokens in the"
              + " database, and without it they are lost: keep it safe, and give it to every node",
          file);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("Another process generated the secret key");
    } finally {
      Files.delete(draft);
    }
    return read(file);
  }

  private static void write(Path file, String key) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(StandardCharsets.UTF_8.encode(key + "\n"));
      channel.force(true);
    }
  }

  private static String randomKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  private static FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }
}
