/** Removing everything that is known of a location, for good. */
@NullMarked
package com.lpai.domain.erasure;

import org.jspecify.annotations.NullMarked;
