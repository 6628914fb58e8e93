package com.lpai.application.webhook;

import java.time.Instant;

/**
 * A share of wrong signatures that is no accident.
 *
 * @param wrong how many of the last five minutes
 * @param all signatures of the last five minutes
 * @param since about when the first of these came
 */
public record WrongSignatures(long wrong, long all, Instant since) {}
