/** Requests that make something and may be repeated: what a caller's key was used for. */
@NullMarked
package com.lpai.domain.idempotency;

import org.jspecify.annotations.NullMarked;
