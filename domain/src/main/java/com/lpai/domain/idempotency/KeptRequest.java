package com.lpai.domain.idempotency;

import java.time.Instant;

/**
 * What a key was used for.
 *
 * @param fingerprint a hash of the body of the request
 * @param recordId the id of what the request makes, chosen before it is made
 * @param made true once that was stored, so that it was removed since when it is not there
 * @param keptUntil when the key means nothing any more
 */
public record KeptRequest(String fingerprint, String recordId, boolean made, Instant keptUntil) {}
