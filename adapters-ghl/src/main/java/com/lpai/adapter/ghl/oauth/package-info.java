/** GoHighLevel's authorization page, its token endpoint, and what a company's token is good for. */
@NullMarked
package com.lpai.adapter.ghl.oauth;

import org.jspecify.annotations.NullMarked;
