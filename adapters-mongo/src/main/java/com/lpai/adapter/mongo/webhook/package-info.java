/** The durable queue of webhooks: order within an entity, leases, replay. */
@NullMarked
package com.lpai.adapter.mongo.webhook;

import org.jspecify.annotations.NullMarked;
