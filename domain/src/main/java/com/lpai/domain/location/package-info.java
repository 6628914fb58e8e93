/** What we know of a location, and where it is kept. */
@NullMarked
package com.lpai.domain.location;

import org.jspecify.annotations.NullMarked;
