package org.rollcall.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rollcall.pace.ProviderException.Verdict.READ_BACK;
import static org.rollcall.pace.ProviderException.Verdict.RETRY;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.pace.ProviderException.Verdict;

class VerdictsTest {
  private static final Call READ = Call.get("reading contacts", "/contacts?email=canary%40x.org");
  private static final Call WRITE =
      Call.json("creating a contact", "POST", "/contacts", new byte[0], false);
  private static final Call JOB =
      Call.json("adding to a list", "POST", "/activities/add_list_memberships", null, false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | [{"error_key":"contacts.api.validation.error","error_message":"bad"}] | REFUSED | REFUSED
          400 | <html>bad</html>                                                      | REFUSED | REFUSED
          405 | ``                                                                    | REFUSED | REFUSED
          413 | ``                                                                    | REFUSED | REFUSED
          415 | ``                                                                    | REFUSED | REFUSED
          422 | [{"error_key":"x","error_message":"y"}]                               | REFUSED | REFUSED
          401 | {"error_key":"unauthorized","error_message":"Unauthorized"}           | RECONNECT | RECONNECT
          403 | {"error_key":"unauthorized","error_message":"Missing scope"}          | FORBIDDEN | FORBIDDEN
          403 | [{"error_key":"unauthorized","error_message":"Missing scope"}]        | FORBIDDEN | FORBIDDEN
          403 | <html><body>Forbidden</body></html>                                   | RETRY | RETRY
          403 | ``                                                                    | RETRY | RETRY
          404 | [{"error_key":"contacts.api.not_found","error_message":"no"}]         | NOT_FOUND | NOT_FOUND
          404 | <html>no</html>                                                       | NOT_FOUND | NOT_FOUND
          410 | ``                                                                    | NOT_FOUND | NOT_FOUND
          409 | [{"error_key":"contacts.api.conflict","error_message":"exists"}]      | CONFLICT | CONFLICT
          408 | ``                                                                    | RETRY | READ_BACK
          429 | {"error_key":"throttled","error_message":"Too Many Requests"}         | RETRY | RETRY
          429 | {"error_key":"quota_exceeded","error_message":"Limit Exceeded"}       | QUOTA_SPENT | QUOTA_SPENT
          429 | <html>slow down</html>                                                | RETRY | RETRY
          429 | ``                                                                    | RETRY | RETRY
          429 | [{"error_key":"x","error_message":"1000 queued"}]                     | RETRY | RETRY
          500 | [{"error_key":"x","error_message":"y"}]                               | RETRY | READ_BACK
          501 | ``                                                                    | RETRY | READ_BACK
          502 | <html>Bad Gateway</html>                                              | RETRY | READ_BACK
          503 | ``                                                                    | RETRY | READ_BACK
          504 | ``                                                                    | RETRY | READ_BACK
          302 | ``                                                                    | RETRY | READ_BACK
          307 | <a href="http://169.254.169.254/">moved</a>                           | RETRY | READ_BACK
          """)
  void a_status_and_its_body_decide(int status, String body, Verdict onRead, Verdict onWrite) {
    assertThat(Verdicts.on(READ, answer(status, body)).verdict()).isEqualTo(onRead);
    assertThat(Verdicts.on(WRITE, answer(status, body)).verdict()).isEqualTo(onWrite);
    assertThat(Verdicts.on(WRITE, answer(status, body)).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"error_key":"x","error_message":"more than 1000"}]           | QUEUE_FULL
          {"error_key":"x","error_message":"Too many queued activities"} | QUEUE_FULL
          {"error_key":"throttled","error_message":"Too Many Requests"}  | RETRY
          [{"error_key":"throttled","error_message":"Too Many"}]         | RETRY
          {"error_key":"quota_exceeded","error_message":"queue"}         | QUOTA_SPENT
          <html>queue</html>                                             | RETRY
          """)
  void a_full_job_queue_is_told_from_the_other_too_many(String body, Verdict verdict) {
    assertThat(Verdicts.on(JOB, answer(429, body)).verdict()).isEqualTo(verdict);
  }

  @Test
  void without_an_answer_it_matters_whether_anything_was_sent() {
    assertThat(Verdicts.on(WRITE, trouble(false)).verdict()).isEqualTo(RETRY);
    assertThat(Verdicts.on(READ, trouble(true)).verdict()).isEqualTo(RETRY);
    assertThat(Verdicts.on(WRITE, trouble(true)).verdict()).isEqualTo(READ_BACK);
    assertThat(Verdicts.on(WRITE, trouble(true)).status()).isZero();
  }

  @Test
  void the_providers_reason_is_told_without_addresses_and_tokens() {
    String token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlY2FuYXJ5";
    ProviderException refused =
        Verdicts.on(
            WRITE,
            answer(
                400,
                "[{\"error_key\":\"k\",\"error_message\":\"<ann.o'hara+x@example.org> and"
                    + " bob%40example.org are invalid, token "
                    + token
                    + "\"},{\"error_key\":\"k\",\"error_message\":\"last_name\\u001b[31m too"
                    + " long\"}]"));

    assertThat(refused.getMessage())
        .startsWith("creating a contact: the provider refused it: ")
        .contains("are invalid", "last_name", "too long", "(status 400)")
        .doesNotContain("example.org", "hara", "bob", "eyJ", "\u001b");
    assertThat(refused.messages()).hasSize(2);
    assertThat(refused.messages().get(0)).contains("ann.o'hara+x@example.org");
  }

  @Test
  void the_id_in_a_conflict_survives() {
    String id = "5c7f9ab2-8e33-11ed-b5b0-fa163e5bc304";
    ProviderException conflict =
        Verdicts.on(
            WRITE,
            answer(
                409,
                "[{\"error_key\":\"contacts.api.conflict\",\"error_message\":\"Validation failed:"
                    + " Email already exists for contact "
                    + id
                    + "\"}]"));

    assertThat(conflict.messages().get(0)).endsWith(id);
    assertThat(conflict).hasMessageContaining(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"error_key":"k","error_message":"said so"}]
          {"error_key":"k","error_message":"said so"}
          {"error":"k","error_description":"said so"}
          {"errorCode":"E0000021","errorSummary":"said so"}
          {"results":[],"errors":[{"error_key":"k","error_message":"said so"}]}
          {"type":"about:blank","title":"k","status":400,"detail":"said so"}
          ["said so"]
          [{"message":"said so"}]
          """)
  void every_shape_of_error_body_is_understood(String body) {
    assertThat(Verdicts.on(WRITE, answer(400, body)).messages()).containsExactly("said so");
  }

  @Test
  void pages_and_endless_texts_stay_out_of_the_message() {
    String page = "<html>" + "canary ".repeat(10_000) + "</html>";
    assertThat(Verdicts.on(READ, answer(502, page)).getMessage()).doesNotContain("canary");

    String endless = "[{\"error_message\":\"" + "very ".repeat(10_000) + "\"}]";
    assertThat(Verdicts.on(READ, answer(400, endless)).getMessage()).hasSizeLessThan(500);
  }

  @Test
  void no_message_says_where_the_call_went() {
    assertThat(Verdicts.on(READ, answer(500, "")).getMessage()).doesNotContain("canary");
    assertThat(READ.toString()).doesNotContain("canary");
  }

  private static Answer answer(int status, String body) {
    return new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static NoAnswer trouble(boolean sent) {
    return new NoAnswer(sent, "cut", new IOException("reset"));
  }
}
