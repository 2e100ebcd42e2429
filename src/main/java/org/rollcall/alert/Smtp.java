package org.rollcall.alert;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.MailServer;
import org.rollcall.settings.MailServer.Security;
import org.rollcall.settings.Secret;

/**
 * Hands messages to the mail server over a connection of their own, within a deadline that holds
 * for all of it: a server that dawdles over every byte is cut off as well as one that says nothing.
 */
final class Smtp implements AutoCloseable {
  /** How many answers of the longest kind a whole message may take. */
  private static final int WHOLE = 4;

  private static final int LONGEST_REPLY = 200;

  private final MailServer server;
  private final SSLSocketFactory certificates;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "mail-deadline");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param certificates decides which certificates are good
   */
  Smtp(MailServer server, SSLSocketFactory certificates) {
    this.server = server;
    this.certificates = certificates;
  }

  private Duration whole() {
    return server.patience().multipliedBy(WHOLE);
  }

  /** Never throws for what a server can do. */
  Handover send(Envelope envelope) {
    AtomicBoolean late = new AtomicBoolean();
    AtomicBoolean reached = new AtomicBoolean();
    try (Socket socket = new Socket()) {
      var deadline =
          watch.schedule(
              () -> {
                late.set(true);
                cut(socket);
              },
              whole().toMillis(),
              TimeUnit.MILLISECONDS);
      try {
        return send(envelope, socket, reached);
      } finally {
        deadline.cancel(false);
      }
    } catch (MessagingException | IOException e) {
      Set<String> taken = e instanceof SendFailedException sent ? taken(sent) : Set.of();
      return new Handover(taken, trouble(e, late.get(), reached.get()));
    }
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("cutting off the mail server", e);
    }
  }

  private Handover send(Envelope envelope, Socket socket, AtomicBoolean reached)
      throws MessagingException, IOException {
    Session session = session();
    MimeMessage message = message(session, envelope);
    socket.setSoTimeout((int) server.patience().toMillis());
    socket.connect(
        new InetSocketAddress(server.host(), server.port()), (int) server.patience().toMillis());
    // not closed by itself: that would say goodbye to a server that may not listen
    @SuppressWarnings("resource")
    SMTPTransport transport = (SMTPTransport) session.getTransport("smtp");
    transport.connect(server.security() == Security.TLS ? secured(socket) : socket);
    reached.set(true);
    transport.sendMessage(message, message.getAllRecipients());
    closeQuietly(transport);
    return new Handover(Set.copyOf(envelope.to()), null);
  }

  /** What the server took it has taken, however it says goodbye. */
  private static void closeQuietly(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      return;
    }
  }

  private SSLSocket secured(Socket socket) throws IOException {
    SSLSocket secured =
        (SSLSocket) certificates.createSocket(socket, server.host(), server.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private Session session() {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", server.host());
    properties.put("mail.smtp.port", "" + server.port());
    properties.put("mail.smtp.auth", "" + (server.username() != null));
    properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    properties.put("mail.smtp.sendpartial", "true");
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.starttls.enable", "" + (server.security() == Security.STARTTLS));
    properties.put("mail.smtp.starttls.required", "" + (server.security() == Security.STARTTLS));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.socketFactory", certificates);
    properties.put("mail.smtp.timeout", "" + server.patience().toMillis());
    String username = server.username();
    Secret password = server.password();
    if (username == null || password == null) {
      return Session.getInstance(properties);
    }
    properties.put("mail.smtp.user", username);
    return Session.getInstance(
        properties,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(username, password.reveal());
          }
        });
  }

  private static MimeMessage message(Session session, Envelope envelope) throws MessagingException {
    String id = envelope.id() + "@" + envelope.from().replaceFirst(".*@", "");
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + ">");
          }
        };
    message.setFrom(new InternetAddress(envelope.from()));
    for (String recipient : envelope.to()) {
      message.addRecipient(RecipientType.TO, new InternetAddress(recipient));
    }
    message.setSubject(envelope.message().subject(), StandardCharsets.UTF_8.name());
    message.setText(envelope.message().body(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(envelope.writtenAt()));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.saveChanges();
    return message;
  }

  private static Set<String> taken(SendFailedException e) {
    Address[] sent = e.getValidSentAddresses();
    Set<String> taken = new LinkedHashSet<>();
    if (sent != null) {
      Arrays.stream(sent).map(Address::toString).forEach(taken::add);
    }
    return taken;
  }

  private Handover.Trouble trouble(Exception e, boolean late, boolean reached) {
    if (late) {
      return new Handover.Trouble(
          "the server took longer than " + whole().toSeconds() + " s for one message",
          false,
          false);
    }
    int code = code(e);
    if (e instanceof AuthenticationFailedException) {
      return new Handover.Trouble(
          "the server refuses to let us in ("
              + reply(e)
              + "); check rollcall.mail.username and"
              + " rollcall.mail.password",
          false,
          false);
    }
    if (code > 0) {
      return new Handover.Trouble(
          "the server refused a message: " + reply(e), reached, code >= 500);
    }
    return new Handover.Trouble(connection(e), false, false);
  }

  /** What went wrong with the connection itself. */
  private String connection(Exception e) {
    Throwable root = root(e);
    String place = server.host() + ":" + server.port();
    if (root instanceof UnknownHostException) {
      return "the host " + server.host() + " is not known; check rollcall.mail.host";
    }
    if (root instanceof SocketTimeoutException) {
      return place + " does not answer within " + server.patience().toSeconds() + " s";
    }
    if (root instanceof ConnectException) {
      return place + " takes no connection; check rollcall.mail.host and rollcall.mail.port";
    }
    if (find(e, SSLException.class) || root instanceof java.security.GeneralSecurityException) {
      return "the connection to "
          + place
          + " could not be secured ("
          + Plain.line(String.valueOf(root.getMessage()), LONGEST_REPLY)
          + "); check its certificate and rollcall.mail.security";
    }
    return "talking to "
        + place
        + " failed: "
        + reply(e)
        + "; check rollcall.mail.port and rollcall.mail.security";
  }

  private static boolean find(Throwable thrown, Class<? extends Throwable> type) {
    for (Throwable t = thrown; t != null; t = cause(t)) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    for (Throwable t = thrown; t != null; t = cause(t)) {
      root = t;
    }
    return root;
  }

  /** Exceptions of mail are chained in a way of their own. */
  private static @Nullable Throwable cause(Throwable thrown) {
    return thrown instanceof MessagingException chained
        ? chained.getNextException()
        : thrown.getCause();
  }

  /** The server's reply code; 0 when it gave none. Among several the one that may pass. */
  private static int code(Exception e) {
    int code = 0;
    for (Throwable t = e; t != null; t = cause(t)) {
      int one = 0;
      if (t instanceof SMTPSendFailedException refused) {
        one = refused.getReturnCode();
      } else if (t instanceof SMTPAddressFailedException refused) {
        one = refused.getReturnCode();
      }
      code = one >= 400 && (code == 0 || one < code) ? one : code;
    }
    return code;
  }

  private static String reply(Exception e) {
    String told = "";
    for (Throwable t = e; t != null; t = cause(t)) {
      if (t instanceof SMTPSendFailedException || t instanceof SMTPAddressFailedException) {
        told = String.valueOf(t.getMessage());
      }
    }
    return Plain.line(told.isEmpty() ? String.valueOf(e.getMessage()) : told, LONGEST_REPLY);
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
