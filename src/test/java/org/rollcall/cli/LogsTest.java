package org.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Log lines as programs read them. */
class LogsTest {
  private static final String HOSTILE = "a \"group\"\r\n{\"level\":\"FATAL\"} \\ \u2028 ä";

  @Test
  void a_line_is_one_object_with_what_the_run_is() throws Exception {
    String line =
        line(HOSTILE, Map.of("run", "7", "job", "contacts", "sync", "c", "account", "m"), null);

    assertThat(line).endsWith("}\n");
    assertThat(line.strip()).doesNotContain("\n", "\r");
    JsonNode read = new ObjectMapper().readTree(line);
    assertThat(read.get("message").asText()).isEqualTo(HOSTILE);
    assertThat(read.get("run").asLong()).isEqualTo(7);
    assertThat(read.get("sync").asText()).isEqualTo("c");
    assertThat(read.get("account").asText()).isEqualTo("m");
    assertThat(read.get("job").asText()).isEqualTo("contacts");
    assertThat(read.get("level").asText()).isEqualTo("WARN");
    assertThat(read.get("logger").asText()).isEqualTo("LogsTest");
    assertThat(read.get("at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*");
    assertThat(read.has("error")).isFalse();
  }

  @Test
  void outside_of_a_run_nothing_is_said_of_one() throws Exception {
    JsonNode read = new ObjectMapper().readTree(line("hello", Map.of(), null));

    assertThat(read.has("run")).isFalse();
    assertThat(read.has("sync")).isFalse();
  }

  @Test
  void a_stack_trace_stays_on_the_line() throws Exception {
    String line = line("it broke", Map.of(), new IllegalStateException("no \"way\"\n out"));

    assertThat(line.strip()).doesNotContain("\n");
    assertThat(new ObjectMapper().readTree(line).get("error").asText())
        .contains("IllegalStateException: no \"way\"", "LogsTest");
  }

  private static String line(
      String message, Map<String, String> context, @Nullable Throwable thrown) {
    SortedArrayStringMap data = new SortedArrayStringMap();
    context.forEach(data::putValue);
    var event =
        Log4jLogEvent.newBuilder()
            .setLoggerName(LogsTest.class.getName())
            .setLevel(Level.WARN)
            .setMessage(new SimpleMessage(message))
            .setContextData(data)
            .setThrown(thrown)
            .build();
    return String.valueOf(
        LoggerContext.getContext(false)
            .getConfiguration()
            .getAppender("json")
            .getLayout()
            .toSerializable(event));
  }
}
