package org.rollcall.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rollcall.settings.Secret;

class VaultTest {
  private final Vault vault = new Vault(new Secret("key"));

  @Test
  void what_was_sealed_opens_in_its_place_with_its_key_only() {
    byte[] sealed = vault.seal("text", "main/access");

    assertThat(new Vault(new Secret("key")).open(sealed, "main/access")).contains("text");
    assertThat(vault.open(sealed, "main/refresh")).isEmpty();
    assertThat(new Vault(new Secret("other")).open(sealed, "main/access")).isEmpty();
  }

  @Test
  void a_changed_bit_anywhere_is_noticed() {
    byte[] sealed = vault.seal("text", "place");
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(vault.open(changed, "place")).isEmpty();
    }
    assertThat(vault.open(new byte[3], "place")).isEmpty();
  }

  @Test
  void the_same_text_never_looks_the_same_and_its_digest_always_does() {
    assertThat(vault.seal("text", "place")).isNotEqualTo(vault.seal("text", "place"));
    assertThat(vault.digest("text"))
        .isEqualTo(vault.digest("text"))
        .isNotEqualTo(vault.digest("texts"))
        .isNotEqualTo(new Vault(new Secret("other")).digest("text"));
  }
}
