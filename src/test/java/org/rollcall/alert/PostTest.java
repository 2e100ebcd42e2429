package org.rollcall.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.run.Lease;

/** Mail servers that are away, hang, dawdle, refuse and break off; nothing is lost or doubled. */
class PostTest {
  private static final Message MESSAGE = new Message("Rollcall: a subject", "A body.\n");

  @TempDir Path home;
  private StubbornServer server;
  private Office office;

  @BeforeEach
  void a_message_waits() throws IOException {
    server = new StubbornServer();
    office = new Office(home).port(server.port());
    office.store.run(connection -> Outbox.write(connection, MESSAGE, office.clock.instant()));
  }

  @AfterEach
  void the_server_stops() {
    server.close();
  }

  @Test
  void a_message_is_sent_once() {
    office.work();
    office.clock.move(Duration.ofDays(1));
    office.work();

    assertThat(server.messages).hasSize(1);
    assertThat(server.messages.get(0))
        .contains("Subject: Rollcall: a subject", "From: rollcall@example.org")
        .contains("To: ann@example.org, bob@example.org", "Auto-Submitted: auto-generated");
    assertThat(state()).isEqualTo("sent 1 {}");
  }

  @Test
  void a_server_that_is_away_gets_everything_in_order_when_it_is_back() throws IOException {
    int port = server.port();
    server.close();
    office.work();
    office.store.run(
        connection ->
            Outbox.write(
                connection, new Message("Rollcall: another", "B.\n"), office.clock.instant()));
    office.clock.move(Duration.ofMinutes(1));
    office.work();
    assertThat(office.text("SELECT error FROM mail WHERE mail_id = 1"))
        .isEqualTo(
            "localhost:"
                + port
                + " takes no connection; check rollcall.mail.host and rollcall.mail.port");
    assertThat(office.text("SELECT count(*) FROM mail WHERE state = 'waiting'")).isEqualTo("2");
    assertThat(office.text("SELECT attempts FROM mail WHERE mail_id = 2"))
        .as("a server that is away is asked once")
        .isEqualTo("0");

    try (StubbornServer again = new StubbornServer()) {
      office.port(again.port());
      office.clock.move(Duration.ofHours(1));
      office.work();
      office.work();
      assertThat(again.messages).hasSize(2);
      assertThat(again.messages.get(0)).contains("a subject");
      assertThat(again.messages.get(1)).contains("another");
    }
  }

  @Test
  void a_server_that_says_nothing_is_left_after_its_time() {
    office.set("mail.timeout", "1s");
    server.answers(command -> StubbornServer.HANG);
    assertThat(seconds(office::work)).isLessThan(15);
    assertThat(error()).endsWith("does not answer within 1 s");
  }

  @Test
  void a_server_that_hangs_later_is_left_as_well() {
    office.set("mail.timeout", "300ms");
    for (String word : List.of("EHLO", "MAIL", "DATA", "END")) {
      server.answers(command -> command.equals(word) ? StubbornServer.HANG : null);
      office.clock.move(Duration.ofHours(1));
      assertThat(seconds(office::work)).as(word).isLessThan(15);
      assertThat(state()).as(word).startsWith("waiting");
    }
  }

  @Test
  void a_server_that_dawdles_over_every_byte_is_cut_off() {
    office.set("mail.timeout", "500ms");
    server.answers(command -> command.equals("MAIL") ? StubbornServer.DAWDLE : null);
    assertThat(seconds(office::work)).isLessThan(15);
    assertThat(error()).isEqualTo("the server took longer than 2 s for one message");
  }

  @Test
  void a_refusal_for_now_is_tried_again_with_growing_pauses() {
    server.answers(command -> command.equals("MAIL") ? "451 try later" : null);
    for (int i = 0; i < 4; i++) {
      office.work();
      office.work();
      assertThat(mails()).isEqualTo(i + 1);
      office.clock.move(Duration.ofMinutes(1L << i));
    }
    assertThat(error()).isEqualTo("the server refused a message: 451 try later");
    server.answers(command -> null);
    office.clock.move(Duration.ofMinutes(10));
    office.work();
    assertThat(server.messages).hasSize(1);
  }

  @Test
  void a_refusal_for_good_is_tried_by_the_hour_and_given_up() {
    server.answers(command -> command.equals("MAIL") ? "550 <ann@example.org> is bad" : null);
    office.set("mail.give-up-after", "150m");
    office.work();
    office.clock.move(Duration.ofMinutes(59));
    office.work();
    assertThat(mails()).isOne();
    for (int hour = 0; hour < 5; hour++) {
      office.clock.move(Duration.ofHours(1));
      office.work();
    }
    assertThat(state()).startsWith("given up 3");
    assertThat(mails()).isEqualTo(3);
    assertThat(error()).isEqualTo("the server refused a message: 550 <(an address)> is bad");
  }

  @Test
  void another_message_goes_though_one_is_refused() {
    server.answers(
        command -> command.equals("END") && server.messages.size() == 1 ? "554 no" : null);
    office.store.run(
        connection ->
            Outbox.write(
                connection, new Message("Rollcall: another", "B.\n"), office.clock.instant()));
    office.work();
    assertThat(office.text("SELECT state FROM mail WHERE mail_id = 1")).isEqualTo("waiting");
    assertThat(office.text("SELECT state FROM mail WHERE mail_id = 2")).isEqualTo("sent");
  }

  @Test
  void who_had_it_does_not_get_it_again_when_another_was_refused() {
    server.answers(command -> command.contains("<bob@") ? "450 greylisted" : null);
    office.work();
    assertThat(server.messages).hasSize(1);
    assertThat(state()).isEqualTo("waiting 1 {ann@example.org}");

    server.answers(command -> null);
    office.clock.move(Duration.ofHours(1));
    office.work();
    assertThat(state()).startsWith("sent 2");
    assertThat(server.commands.stream().filter(line -> line.contains("<ann@"))).hasSize(1);
    assertThat(server.commands.stream().filter(line -> line.contains("<bob@"))).hasSize(2);
  }

  @Test
  void of_two_refusals_the_one_for_now_decides_when_it_is_tried_again() {
    server.answers(
        command ->
            command.contains("<ann@") ? "550 no" : command.contains("<bob@") ? "450 later" : null);
    office.work();
    office.clock.move(Duration.ofMinutes(2));
    office.work();
    assertThat(state()).startsWith("waiting 2");
  }

  @Test
  void health_tells_the_trouble_until_it_is_over() {
    server.answers(command -> command.equals("MAIL") ? "451 try later" : null);
    try (Mailroom mailroom = office.mailroom()) {
      mailroom.work(() -> false);
      assertThat(mailroom.health())
          .containsEntry("waiting", 1L)
          .containsEntry("trouble", "the server refused a message: 451 try later");

      server.answers(command -> null);
      office.clock.move(Duration.ofHours(1));
      mailroom.work(() -> false);
      assertThat(mailroom.health()).containsEntry("waiting", 0L).containsEntry("trouble", null);
    }
  }

  @Test
  void whoever_lost_the_lease_sends_nothing() {
    try (Mailroom mailroom = office.mailroom()) {
      assertThatThrownBy(
              () ->
                  mailroom.work(
                      () -> {
                        office.takeTheLeaseOver();
                        return false;
                      }))
          .isInstanceOf(Lease.LostLease.class);
    }
    assertThat(server.messages).isEmpty();
  }

  @Test
  void a_second_copy_after_a_lost_answer_has_the_same_id() {
    server.answers(command -> command.equals("END") ? StubbornServer.CUT : null);
    office.work();
    server.answers(command -> null);
    office.clock.move(Duration.ofHours(1));
    office.work();

    List<String> ids =
        server.messages.stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith("Message-ID:"))
            .toList();
    assertThat(ids).hasSize(2).allMatch(ids.get(0)::equals);
    assertThat(ids.get(0)).matches("Message-ID: <[0-9a-f-]{36}@example.org>");
  }

  @Test
  void the_password_goes_over_a_secured_connection_only() throws Exception {
    office.set("mail.security", "starttls").set("mail.username", "hub");
    office.set("mail.password", "hush hush");
    server.wantsPassword = true;
    office.work();

    assertThat(server.commands).noneMatch(line -> line.startsWith("AUTH"));
    assertThat(error()).contains("STARTTLS").doesNotContain("hush");
  }

  @Test
  void starttls_and_password_work_with_a_good_certificate() throws Exception {
    SSLContext trusted = context(keys("localhost"));
    try (StubbornServer secure = new StubbornServer(trusted.getSocketFactory())) {
      secure.offersTls = true;
      secure.wantsPassword = true;
      office.port(secure.port()).set("mail.security", "starttls");
      office.set("mail.username", "hub").set("mail.password", "hush hush");
      try (Mailroom mailroom = office.mailroom(trusted.getSocketFactory())) {
        mailroom.work(() -> false);
      }
      assertThat(state()).startsWith("sent 1");
      assertThat(secure.commands.stream().map(line -> line.split(" ")[0]))
          .containsSubsequence("EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL");
    }
  }

  @Test
  void a_certificate_of_another_name_or_of_nobody_is_refused() throws Exception {
    SSLContext other = context(keys("mail.example.net"));
    for (String security : List.of("starttls", "tls")) {
      try (StubbornServer secure = new StubbornServer(other.getSocketFactory())) {
        secure.offersTls = true;
        secure.speaksTlsOnly = security.equals("tls");
        office.port(secure.port()).set("mail.security", security);
        try (Mailroom mailroom = office.mailroom(other.getSocketFactory())) {
          mailroom.work(() -> false);
        }
        assertThat(error()).contains("could not be secured", "rollcall.mail.security");
        office.clock.move(Duration.ofHours(1));
        office.work();
        assertThat(error()).contains("could not be secured");
        assertThat(secure.messages).isEmpty();
        office.clock.move(Duration.ofHours(1));
      }
    }
  }

  @Test
  void a_refused_password_is_told_without_it() {
    office.set("mail.username", "hub").set("mail.password", "hush hush");
    server.wantsPassword = true;
    server.answers(command -> command.equals("AUTH") ? "535 no, ann@example.org" : null);
    office.work();

    assertThat(error())
        .contains("refuses to let us in", "rollcall.mail.password")
        .doesNotContain("hush", "@");
  }

  @Test
  void whoever_looks_is_not_kept_by_a_server_that_hangs() {
    server.answers(command -> StubbornServer.HANG);
    office.set("mail.timeout", "5m");
    try (Alerts alerts = new Alerts(office.mailroom())) {
      assertThat(seconds(alerts::look)).isLessThan(5);
      assertThat(seconds(alerts::look)).isLessThan(5);
      assertThat(seconds(alerts::close)).isLessThan(5);
    }
  }

  @Test
  void a_process_that_died_while_sending_sends_again_but_not_at_once() {
    office.sql("UPDATE mail SET attempts = 1, due_at = '2026-11-22T05:01:00Z'");
    office.work();
    assertThat(server.messages).isEmpty();
    office.clock.move(Duration.ofMinutes(1));
    office.work();
    assertThat(server.messages).hasSize(1);
  }

  @Test
  void a_port_that_takes_connections_and_speaks_no_mail_is_told() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      office.port(mute.getLocalPort()).set("mail.timeout", "300ms");
      office.work();
      assertThat(error()).contains("does not answer");
    }
  }

  private long mails() {
    return server.commands.stream().filter(line -> line.startsWith("MAIL")).count();
  }

  private String state() {
    return office.text("SELECT state || ' ' || attempts || ' ' || had::text FROM mail");
  }

  private String error() {
    return office.text("SELECT error FROM mail");
  }

  private static double seconds(Runnable work) {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e9;
  }

  /** A certificate that nobody but these tests knows. */
  private Path keys(String host) throws Exception {
    Path file = home.resolve(host + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "mail",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return file;
  }

  private static SSLContext context(Path file) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, "changeit".toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("mail", keys.getCertificate("mail"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
