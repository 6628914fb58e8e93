/** Reads what changed, proves that both sides are equal, and mends what is not. */
@NullMarked
package com.lpai.application.reconcile;

import org.jspecify.annotations.NullMarked;
