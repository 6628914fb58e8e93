/**
 * A MongoDB-wire server for one machine (evaluation, development, tests): mongo-java-server's query
 * and update language over H2's MVStore, with real indexes and nothing acknowledged lost. It knows
 * nothing of the product that connects to it.
 */
@NullMarked
package com.lpai.dev.mongo;

import org.jspecify.annotations.NullMarked;
