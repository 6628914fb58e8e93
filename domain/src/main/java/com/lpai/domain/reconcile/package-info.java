/**
 * Keeping both sides the same although events get lost: what changed lately, and a proof of all.
 */
@NullMarked
package com.lpai.domain.reconcile;

import org.jspecify.annotations.NullMarked;
