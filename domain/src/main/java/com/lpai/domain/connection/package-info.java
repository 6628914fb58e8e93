/**
 * The OAuth connections to locations and companies: their states, their tokens and the ports that
 * get, prove and keep them.
 */
@NullMarked
package com.lpai.domain.connection;

import org.jspecify.annotations.NullMarked;
