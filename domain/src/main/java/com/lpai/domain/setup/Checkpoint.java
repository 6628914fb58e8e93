package com.lpai.domain.setup;

import java.time.Instant;

/**
 * How far a copy has come, so that it goes on there after a crash.
 *
 * @param run the setup run it belongs to; one of another run counts for nothing
 * @param cursor where the next page begins
 * @param done records so far
 */
public record Checkpoint(long run, String cursor, long done, Instant at) {}
