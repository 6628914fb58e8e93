/** How many calls a location may still make. */
@NullMarked
package com.lpai.adapter.ghl.limit;

import org.jspecify.annotations.NullMarked;
