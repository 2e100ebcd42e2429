package org.rollcall.sandbox;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stand-in without request limits whose bulk jobs end only when a test says so. */
abstract class SandboxTest {
  Sandbox sandbox;
  SandboxClient client;
  Control control;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(options());
    client = new SandboxClient(sandbox);
    control = sandbox.control();
  }

  SandboxOptions options() {
    return SandboxOptions.defaults().withLimits(0, 0).withJobDelay(Duration.ofHours(1));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  SandboxClient.Reply importRows(String list, String rows) {
    return client.post(
        "/activities/contacts_json_import",
        "{'import_data':[" + rows + "],'list_ids':['" + list + "']}");
  }
}
