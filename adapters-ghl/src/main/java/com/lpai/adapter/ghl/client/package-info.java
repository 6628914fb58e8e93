/** GoHighLevel's paths as typed clients, and its answers as they come. */
@NullMarked
package com.lpai.adapter.ghl.client;

import org.jspecify.annotations.NullMarked;
