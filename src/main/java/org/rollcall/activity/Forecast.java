package org.rollcall.activity;

import java.util.List;
import org.rollcall.provider.ActivityKind;

/**
 * What reading the news will cost.
 *
 * @param campaigns with something new
 * @param unknown of them, those whose mailings have to be asked for first
 * @param pages of their reports, as far as the counts tell
 * @param optOutPages of the pages, those of opt-outs, which come first
 * @param left requests of today's share
 */
public record Forecast(long campaigns, long unknown, long pages, long optOutPages, long left) {

  static Forecast of(List<News> news, int pageSize, long left) {
    long pages = 0;
    long optOuts = 0;
    for (News one : news) {
      long own = (one.expected() + pageSize - 1) / pageSize;
      pages += own;
      optOuts += one.kind() == ActivityKind.OPT_OUT ? own : 0;
    }
    return new Forecast(
        news.stream().map(News::campaign).distinct().count(),
        news.stream().filter(News::unknown).map(News::campaign).distinct().count(),
        pages,
        optOuts,
        left);
  }

  public long requests() {
    return unknown + pages;
  }
}
