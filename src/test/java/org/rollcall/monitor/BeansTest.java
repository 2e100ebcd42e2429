package org.rollcall.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.harness.SourceRow;
import org.rollcall.run.RunState;

class BeansTest {
  private static final String SYNC = "org.rollcall:type=Sync,name=chamber";
  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
  private Served served;

  @BeforeEach
  void a_service_runs() {
    Scene scene =
        Scene.open()
            .set("rollcall.syncs.chamber.schedule", "0 0 4 1 1 ?")
            .set("rollcall.syncs.another.account", "main")
            .set("rollcall.syncs.another.members", "direct:chamber-members");
    scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"));
    served = new Served(scene);
  }

  @AfterEach
  void all_close() {
    served.close();
  }

  @Test
  void every_bean_attribute_and_operation_says_what_it_is() throws Exception {
    assertThat(SERVER.queryNames(new ObjectName("org.rollcall:*"), null)).hasSize(4);
    for (ObjectName name : SERVER.queryNames(new ObjectName("org.rollcall:*"), null)) {
      MBeanInfo info = SERVER.getMBeanInfo(name);
      assertThat(info.getDescription()).contains(" ");
      assertThat(Arrays.stream(info.getAttributes()).map(MBeanAttributeInfo::getDescription))
          .isNotEmpty()
          .allSatisfy(description -> assertThat(description).contains(" "));
      assertThat(Arrays.stream(info.getOperations()).map(MBeanOperationInfo::getDescription))
          .allSatisfy(description -> assertThat(description).contains(" "));
    }
  }

  @Test
  void a_run_can_be_asked_for_and_a_schedule_paused_and_resumed() throws Exception {
    assertThat(served.run().state()).isEqualTo(RunState.COMPLETED);
    assertThat(Served.attribute(SYNC, "NextRunAt")).asString().startsWith("20");

    Served.invoke(SYNC, "pause");
    assertThat(Served.attribute(SYNC, "Paused")).isEqualTo(true);
    assertThat(served.get("/health").body()).contains("\"paused\":true");
    Served.invoke(SYNC, "resume");
    assertThat(Served.attribute(SYNC, "Paused")).isEqualTo(false);

    assertThat(served.hub().audit().entries(Long.MAX_VALUE, 10).toString())
        .contains("asked for a run", "paused the schedule", "resumed the schedule", "JMX");
  }

  @Test
  void each_sync_tells_of_itself_and_of_its_contacts() throws Exception {
    served.run();
    served.scene.tell("UPDATE run SET state = 'partial' WHERE job = 'contacts'");

    Served.until("figures", () -> Served.attribute(SYNC, "Members").equals(1L));
    assertThat(Served.attribute(SYNC, "LastState")).isEqualTo("partial");
    String another = SYNC.replace("chamber", "another");
    assertThat(Served.attribute(another, "Members")).isEqualTo(0L);
    assertThat(Served.attribute(another, "LastState")).isEqualTo("never");
  }

  @Test
  void when_the_service_ends_its_beans_go() throws Exception {
    served.service.close();
    assertThat(SERVER.queryNames(new ObjectName("org.rollcall:*"), null)).isEmpty();
  }
}
