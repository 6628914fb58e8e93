/** GoHighLevel's webhooks: who signed them and what they say. */
@NullMarked
package com.lpai.adapter.ghl.webhook;

import org.jspecify.annotations.NullMarked;
