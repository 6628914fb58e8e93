/** What callers' keys were used for, in MongoDB. */
@NullMarked
package com.lpai.adapter.mongo.idempotency;

import org.jspecify.annotations.NullMarked;
