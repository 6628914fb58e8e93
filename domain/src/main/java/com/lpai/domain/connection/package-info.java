/**
 * The OAuth connection to a location: its states, its tokens and the ports that get and keep them.
 */
@NullMarked
package com.lpai.domain.connection;

import org.jspecify.annotations.NullMarked;
