package org.rollcall.pace;

/** What a call is for: a part of the day's quota is kept back for reading opt-outs. */
public enum Purpose {
  WORK,
  OPT_OUTS
}
