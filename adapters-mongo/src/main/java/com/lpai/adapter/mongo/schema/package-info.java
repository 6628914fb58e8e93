/** Which indexes every collection must have; makes them, and says so when it cannot. */
@NullMarked
package com.lpai.adapter.mongo.schema;

import org.jspecify.annotations.NullMarked;
