package org.rollcall.web;

/** Answers requests. It may take its time: it never runs where other requests wait. */
@FunctionalInterface
public interface Handler {
  Reply answer(Visit visit);
}
