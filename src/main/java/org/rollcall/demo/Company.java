package org.rollcall.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A company of the association, with the one it belongs to, if any. */
record Company(
    int id, String name, @Nullable String email, @Nullable Integer parent, List<String> teams) {}
