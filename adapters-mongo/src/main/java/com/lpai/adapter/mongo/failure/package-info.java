/** The one place that knows what the driver's exceptions mean to us. */
@NullMarked
package com.lpai.adapter.mongo.failure;

import org.jspecify.annotations.NullMarked;
