/**
 * Connections and the states of installations under way. A connection is a document of its own in
 * {@code connections} rather than a part of the location's (the guide's {@code ghlOAuth}): a token
 * refresh then never competes with setup progress for one version, and whoever reads locations
 * never holds a token.
 */
@NullMarked
package com.lpai.adapter.mongo.connection;

import org.jspecify.annotations.NullMarked;
