package com.lpai.domain.access;

import java.time.Instant;

/**
 * What a ticket for an event stream stands for.
 *
 * @param holder whose it is, for a person to read
 * @param rightUntil when the right ends by which the ticket was given, and with it the stream
 * @param expiresAt until when the stream must be opened
 */
public record StreamGrant(String holder, Instant rightUntil, Instant expiresAt) {}
