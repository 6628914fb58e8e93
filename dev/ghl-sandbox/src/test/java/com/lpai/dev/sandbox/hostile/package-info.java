/** What GoHighLevel would never send: a measure for whoever receives webhooks. */
@NullMarked
package com.lpai.dev.sandbox.hostile;

import org.jspecify.annotations.NullMarked;
