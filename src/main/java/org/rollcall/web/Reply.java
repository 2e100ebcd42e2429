package org.rollcall.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** What a request is answered with. */
public sealed interface Reply {
  /**
   * A page or a part of one.
   *
   * @param template under {@code src/main/jte}, without its ending
   * @param view what the template shows, its parameter {@code view}
   */
  record Page(int status, String template, Object view) implements Reply {}

  /** After a form: look there now. */
  record See(String path) implements Reply {
    public See {
      OwnPath.check(path);
    }
  }

  /** The browser gets this session in place of the one it had, and looks there. */
  record SignedIn(String token, String path) implements Reply {
    public SignedIn {
      OwnPath.check(path);
    }
  }

  /** The browser looks at another server's page, which the settings name. */
  record Away(URI to) implements Reply {}

  /**
   * The browser keeps a text for this console, and is answered.
   *
   * @param cookie its name, of small letters
   * @param age how long; zero has it forgotten
   */
  record Keep(String cookie, String text, Duration age, Reply then) implements Reply {}

  /** The browser forgets its session. */
  record SignedOut(String path) implements Reply {}

  /** Nothing like that here, or not now. */
  record Refusal(int status, String what, String remedy) implements Reply {}

  /** A whole answer that is not a page. */
  record Data(int status, String type, byte[] body) implements Reply {}

  /** The same with headers that replace what every answer says, such as a policy of its own. */
  record Special(Data data, Map<String, String> headers) implements Reply {}

  /**
   * A file to be saved, written while it is computed.
   *
   * @param name of the file; what is no plain letter, digit or {@code . _ -} becomes {@code _}
   */
  record Download(String type, String name, Writing writing) implements Reply {
    public Download {
      name = name.replaceAll("[^A-Za-z0-9._-]", "_");
    }
  }

  /** Written while it is computed, to be read on by a machine. */
  record Stream(String type, Writing writing) implements Reply {}

  /** Events, as long as the one who asked keeps the connection open. */
  record Events(Consumer<Channel> taker) implements Reply {}

  /** Another reply with these headers besides. */
  record With(Map<String, String> headers, Reply reply) implements Reply {}

  /** Writes a body; a failure cuts it off, which the browser notices. */
  @FunctionalInterface
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  static Reply page(String template, Object view) {
    return new Page(200, template, view);
  }

  static Reply see(String path) {
    return new See(path);
  }

  static Reply missing(String what, String remedy) {
    return new Refusal(404, what, remedy);
  }

  /** The request makes no sense, or no longer. */
  static Reply wrong(String what, String remedy) {
    return new Refusal(422, what, remedy);
  }
}
