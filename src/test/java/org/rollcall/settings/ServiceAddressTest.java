package org.rollcall.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links that are printed or mailed lead somewhere. */
class ServiceAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, , http://127.0.0.1:8077",
    "0.0.0.0, , http://localhost:8077",
    "::, , http://localhost:8077",
    "fd00::1, , http://[fd00::1]:8077",
    "0.0.0.0, https://staff.example.org, https://staff.example.org"
  })
  void browsers_get_an_address_they_can_open(String host, @Nullable URI publicly, String address) {
    ServiceSettings service =
        new ServiceSettings(
            host,
            0,
            LogFormat.TEXT,
            publicly,
            Duration.ofHours(1),
            Duration.ofHours(12),
            null,
            true);

    assertThat(service.address(8077)).isEqualTo(address);
  }
}
