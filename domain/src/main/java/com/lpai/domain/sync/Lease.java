package com.lpai.domain.sync;

import java.time.Instant;

/**
 * The right to do one named piece of work until a time.
 *
 * @param fence grows with each new holder, so that a late one can be told from the present one
 */
public record Lease(String name, String owner, long fence, Instant until) {}
