package org.rollcall.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A client that sends what it is told, byte by byte, with no courtesy of a library. */
public final class Wire {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int AFTER_SOME_MILLIS = 3_000;

  private final int port;
  private final int patienceMillis;

  public Wire(int port) {
    this(port, PATIENCE_MILLIS);
  }

  /**
   * @param patienceMillis how long an answer may keep it waiting
   */
  public Wire(int port, int patienceMillis) {
    this.port = port;
    this.patienceMillis = patienceMillis;
  }

  /** One answer; names of headers in small letters. */
  public record Answer(int status, Map<String, List<String>> headers, String body) {
    public Optional<String> header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }

    /** The value of a cookie that was set. */
    public Optional<String> cookie(String name) {
      return headers.getOrDefault("set-cookie", List.of()).stream()
          .filter(line -> line.startsWith(name + "="))
          .map(line -> line.substring(name.length() + 1).replaceAll(";.*", ""))
          .findFirst();
    }
  }

  public Answer get(String path, String... headers) {
    return send(request("GET", path, "", headers));
  }

  public Answer post(String path, Map<String, String> form, String... headers) {
    String body =
        form.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(formOf(path, body, headers));
  }

  /** A form whose body is sent as it stands. */
  public String formOf(String path, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Type: application/x-www-form-urlencoded");
    all.add("Content-Length: " + body.length());
    return request("POST", path, body, all.toArray(String[]::new));
  }

  /** A header given as {@code Host: …} goes in place of the right one. */
  public String request(String method, String path, String body, String... headers) {
    StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    if (List.of(headers).stream().noneMatch(line -> line.startsWith("Host:"))) {
      text.append("Host: 127.0.0.1:").append(port).append("\r\n");
    }
    for (String line : headers) {
      text.append(line).append("\r\n");
    }
    return text.append("Connection: close\r\n\r\n").append(body).toString();
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public Answer send(String raw) {
    try (Socket socket = open(raw)) {
      return parsed(new String(whatComes(socket), ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Until the connection is closed, or nothing comes for some seconds. */
  private static byte[] whatComes(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[8_192];
    try {
      for (int n = socket.getInputStream().read(some);
          n >= 0;
          n = socket.getInputStream().read(some)) {
        all.write(some, 0, n);
        socket.setSoTimeout(AFTER_SOME_MILLIS);
      }
    } catch (SocketTimeoutException e) {
      if (all.size() == 0) {
        throw e;
      }
    } catch (SocketException e) {
      // it was hung up on us, with the rest of our request on its way
    }
    return all.toByteArray();
  }

  /** The request is on its way, and nobody has read the answer. */
  public Socket open(String raw) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(patienceMillis);
    socket.getOutputStream().write(raw.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return socket;
  }

  private static Answer parsed(String text) {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Answer(0, Map.of(), text);
    }
    String[] lines = text.substring(0, end).split("\r\n");
    Map<String, List<String>> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers
          .computeIfAbsent(
              lines[i].substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(lines[i].substring(colon + 1).strip());
    }
    String body = new String(text.substring(end + 4).getBytes(ISO_8859_1), StandardCharsets.UTF_8);
    return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, body);
  }
}
