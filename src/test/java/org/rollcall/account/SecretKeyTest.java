package org.rollcall.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.settings.Secret;

class SecretKeyTest {
  @TempDir Path home;

  @Test
  void the_settings_key_is_used_and_nothing_is_written() {
    assertThat(SecretKey.of(home, new Secret("given")).reveal()).isEqualTo("given");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void without_one_a_key_is_generated_once_for_its_owner_only() throws Exception {
    Secret key = SecretKey.of(home, null);

    assertThat(key.reveal()).hasSize(44);
    assertThat(SecretKey.of(home, null)).isEqualTo(key);
    Path file = home.resolve("data/secret.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(home.resolve("data")).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void processes_that_start_together_agree_on_one_key() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Secret>> keys = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      keys.add(threads.submit(() -> SecretKey.of(home, null)));
    }
    Secret first = keys.get(0).get(10, TimeUnit.SECONDS);
    for (Future<Secret> key : keys) {
      assertThat(key.get(10, TimeUnit.SECONDS)).isEqualTo(first);
    }
    threads.shutdown();
  }

  @Test
  void an_empty_key_file_is_refused() throws Exception {
    Files.createDirectories(home.resolve("data"));
    Files.writeString(home.resolve("data/secret.key"), "\n");

    assertThatThrownBy(() -> SecretKey.of(home, null))
        .hasMessageContaining("set rollcall.secret-key instead");
  }
}
