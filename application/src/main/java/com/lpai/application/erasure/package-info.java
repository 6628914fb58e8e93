/** Erasing a location: everything that is known of it, and what comes after. */
@NullMarked
package com.lpai.application.erasure;

import org.jspecify.annotations.NullMarked;
