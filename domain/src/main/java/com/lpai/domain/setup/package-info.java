/** The first full copy of a location: steps, progress, checkpoints. */
@NullMarked
package com.lpai.domain.setup;

import org.jspecify.annotations.NullMarked;
