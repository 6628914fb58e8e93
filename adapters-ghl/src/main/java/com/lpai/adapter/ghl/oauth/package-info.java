/** GoHighLevel's authorization page and token endpoint. */
@NullMarked
package com.lpai.adapter.ghl.oauth;

import org.jspecify.annotations.NullMarked;
