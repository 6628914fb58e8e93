/** GoHighLevel's users of a location. */
@NullMarked
package com.lpai.adapter.ghl.directory;

import org.jspecify.annotations.NullMarked;
