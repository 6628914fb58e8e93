/** Checkpoints of the copies that a setup makes. */
@NullMarked
package com.lpai.adapter.mongo.setup;

import org.jspecify.annotations.NullMarked;
