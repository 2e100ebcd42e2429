package org.rollcall.user;

/**
 * Who is behind a request.
 *
 * @param formToken what a form of this session must bring along
 */
public record Visitor(long userId, String name, Role role, String formToken) {}
