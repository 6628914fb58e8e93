/** What the sandbox holds, its clock and its storage; knows neither HTTP nor webhooks. */
@NullMarked
package com.lpai.dev.sandbox.world;

import org.jspecify.annotations.NullMarked;
