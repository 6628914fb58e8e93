/** GoHighLevel's word on a location. */
@NullMarked
package com.lpai.adapter.ghl.location;

import org.jspecify.annotations.NullMarked;
