/** Starts what a person asked for as processes of their own, on any Java that can say what is missing. */
@NullMarked
package com.lpai.launcher;

import org.jspecify.annotations.NullMarked;
