package org.rollcall.settings;

import java.time.LocalTime;

/** Local hours such as 23:00-04:00; an end before the start lies on the next day. */
public record Window(LocalTime from, LocalTime until) {}
