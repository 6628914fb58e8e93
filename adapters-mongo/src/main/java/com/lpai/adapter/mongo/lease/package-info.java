/** Leases over all instances. */
@NullMarked
package com.lpai.adapter.mongo.lease;

import org.jspecify.annotations.NullMarked;
