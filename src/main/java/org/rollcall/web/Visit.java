package org.rollcall.web;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.user.ApiToken;
import org.rollcall.user.Visitor;

/** One request, of somebody who may make it. */
public final class Visit {
  private final RoutingContext context;
  private final @Nullable Visitor visitor;
  private final Gate gate;
  private final @Nullable ApiToken token;
  private final String type;
  private @Nullable String notice;

  Visit(RoutingContext context, @Nullable Visitor visitor, Gate gate) {
    this(context, visitor, gate, null, "text/html");
  }

  Visit(
      RoutingContext context,
      @Nullable Visitor visitor,
      Gate gate,
      @Nullable ApiToken token,
      String type) {
    this.context = context;
    this.visitor = visitor;
    this.gate = gate;
    this.token = token;
    this.type = type;
  }

  /** The token of a machine. */
  public ApiToken token() {
    return Objects.requireNonNull(token, "this is not for machines");
  }

  /** What the answer should be, of the types that the entry can give. */
  public String type() {
    return type;
  }

  public Set<String> queryNames() {
    return context.queryParams().names();
  }

  /** Who has signed in, also on pages that are open to everybody. */
  public Optional<Visitor> whoever() {
    return visitor == null ? gate.visitor(context.request()) : Optional.of(visitor);
  }

  /** Whether this machine itself asks, and not a proxy on it for somebody else. */
  public boolean fromHere() {
    return gate.fromHere(context.request());
  }

  /**
   * Who asks.
   *
   * @throws NullPointerException on pages that are open to everybody
   */
  public Visitor visitor() {
    return Objects.requireNonNull(visitor, "nobody has signed in for this page");
  }

  Optional<Visitor> anybody() {
    return Optional.ofNullable(visitor);
  }

  /** A part of the path, decoded. */
  public String path(String name) {
    return Objects.requireNonNull(context.pathParam(name), name);
  }

  /** The path itself, without the query. */
  public String path() {
    return context.normalizedPath();
  }

  /** A value of the query; blank counts as none. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParams().get(name)).filter(value -> !value.isBlank());
  }

  public List<String> queries(String name) {
    return context.queryParams().getAll(name);
  }

  /** A field of the form; blank counts as none. */
  public Optional<String> form(String name) {
    return Optional.ofNullable(context.request().formAttributes().get(name))
        .filter(value -> !value.isBlank());
  }

  /** All values of a field, such as ticked boxes. */
  public List<String> forms(String name) {
    return context.request().formAttributes().getAll(name);
  }

  /** The body as text, of requests that are no forms. */
  public String body() {
    return Objects.requireNonNullElse(context.body().asString(), "");
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(context.request().getHeader(name));
  }

  /** What {@link Reply.Keep} left with the browser; anything may stand there. */
  public Optional<String> kept(String cookie) {
    return gate.text(context.request(), cookie).filter(text -> !text.isBlank());
  }

  /** All parameters of the query, decoded once. */
  public Map<String, List<String>> queries() {
    Map<String, List<String>> all = new TreeMap<>();
    context
        .queryParams()
        .names()
        .forEach(name -> all.put(name, context.queryParams().getAll(name)));
    return all;
  }

  /** A part of a page is wanted, into a page that is there already. */
  public boolean partial() {
    return context.request().getHeader("HX-Request") != null
        && context.request().getHeader("HX-Boosted") == null;
  }

  /** Said on the next page this person sees. */
  public void tell(String sentence) {
    notice = sentence;
  }

  @Nullable String notice() {
    return notice;
  }
}
