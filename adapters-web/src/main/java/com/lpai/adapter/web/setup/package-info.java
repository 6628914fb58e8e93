/** How far a location's setup is, once and as a stream of events. */
@NullMarked
package com.lpai.adapter.web.setup;

import org.jspecify.annotations.NullMarked;
