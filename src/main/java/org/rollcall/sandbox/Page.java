package org.rollcall.sandbox;

/** What the provider now holds, for people. */
final class Page {
  private final World world;

  Page(World world) {
    this.world = world;
  }

  Answer answer(Call call) {
    return Answer.html(
        200, Html.page("Sandbox", "<h1>Sandbox</h1><p>" + world.clock.instant() + "</p>"));
  }
}
