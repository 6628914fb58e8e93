/** Faults on demand, for calls and for webhooks. */
@NullMarked
package com.lpai.dev.sandbox.fault;

import org.jspecify.annotations.NullMarked;
