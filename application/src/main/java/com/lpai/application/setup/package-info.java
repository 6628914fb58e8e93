/** The first full copy of a location, in steps that resume where they stopped. */
@NullMarked
package com.lpai.application.setup;

import org.jspecify.annotations.NullMarked;
