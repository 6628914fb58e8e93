/** Requests that may be repeated: each makes what it makes once. */
@NullMarked
package com.lpai.application.idempotency;

import org.jspecify.annotations.NullMarked;
