package org.rollcall.sandbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whole pages and safe text for them; whatever comes from outside is hostile. */
final class Html {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1d2129;--soft:#5c6470;--line:#d9dde3;--paper:#fff;
      --card:#f6f7f9;--link:#0b57a4;--bad:#a4260b;--good:#1b6b3a}
      @media(prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#a0a8b3;--line:#3a414b;
      --paper:#15181d;--card:#1d2127;--link:#7db7f5;--bad:#f39a86;--good:#86d6a4}}
      *{box-sizing:border-box}
      body{margin:0 auto;max-width:64rem;padding:1rem;background:var(--paper);color:var(--ink);
      font:16px/1.5 system-ui,sans-serif}
      h1{font-size:1.4rem;margin:.5rem 0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
      a{color:var(--link)}.soft{color:var(--soft)}.bad{color:var(--bad)}.good{color:var(--good)}
      .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem}
      .facts div{background:var(--card);border:1px solid var(--line);border-radius:.5rem;
      padding:.6rem .8rem}.facts b{display:block;font-size:1.25rem}
      .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}
      th,td{text-align:left;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);
      vertical-align:top;overflow-wrap:anywhere}th{color:var(--soft);font-weight:600}
      td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
      input,button{font:inherit;padding:.5rem .8rem;border:1px solid var(--line);
      border-radius:.4rem;background:var(--card);color:inherit;max-width:100%}
      button{cursor:pointer}button.main{background:var(--link);color:var(--paper);border:0}
      code{background:var(--card);padding:.1rem .3rem;border-radius:.25rem}
      """;

  private Html() {}

  static String page(String title, String body) {
    return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
        + " content=\"width=device-width,initial-scale=1\"><title>"
        + text(title)
        + "</title><style>"
        + STYLE
        + "</style></head><body>"
        + body
        + "</body></html>";
  }

  static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    StringBuilder safe = new StringBuilder();
    for (char c : value.toString().toCharArray()) {
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  static String hidden(Map<String, String> values) {
    StringBuilder inputs = new StringBuilder();
    values.forEach(
        (name, value) ->
            inputs
                .append("<input type=\"hidden\" name=\"")
                .append(text(name))
                .append("\" value=\"")
                .append(text(value))
                .append("\">"));
    return inputs.toString();
  }
}
