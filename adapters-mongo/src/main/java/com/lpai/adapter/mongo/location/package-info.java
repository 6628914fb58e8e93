/** Locations and the state of their setup, one document each. */
@NullMarked
package com.lpai.adapter.mongo.location;

import org.jspecify.annotations.NullMarked;
