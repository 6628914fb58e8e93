package com.lpai.application.work;

import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * What one running server brings along.
 *
 * @param name tells this server from every other, for leases
 * @param time the one source of time
 * @param token a new random token at each call, for claims
 * @param jitter a random number from 0 to 1 at each call
 */
public record Instance(
    String name, InstantSource time, Supplier<String> token, DoubleSupplier jitter) {}
