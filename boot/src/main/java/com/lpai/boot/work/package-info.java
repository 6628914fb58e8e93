/** The threads that do the background work: wake-ups, turns, and a clean stop. */
@NullMarked
package com.lpai.boot.work;

import org.jspecify.annotations.NullMarked;
