/** How far reconciliation is, and what proofs found, as documents. */
@NullMarked
package com.lpai.adapter.mongo.reconcile;

import org.jspecify.annotations.NullMarked;
