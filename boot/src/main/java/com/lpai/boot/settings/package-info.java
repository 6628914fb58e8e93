/** What the environment says, read once and checked at the start. */
@NullMarked
package com.lpai.boot.settings;

import org.jspecify.annotations.NullMarked;
