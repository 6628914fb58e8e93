/** Signed webhooks: keys, envelope, delivery and GoHighLevel's retry rule. */
@NullMarked
package com.lpai.dev.sandbox.webhook;

import org.jspecify.annotations.NullMarked;
