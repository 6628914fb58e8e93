/** Where GoHighLevel delivers its events: bytes in, an answer out. */
@NullMarked
package com.lpai.adapter.web.webhook;

import org.jspecify.annotations.NullMarked;
