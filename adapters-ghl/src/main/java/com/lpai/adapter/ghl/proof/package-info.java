/** Shows single tokens to GoHighLevel. */
@NullMarked
package com.lpai.adapter.ghl.proof;

import org.jspecify.annotations.NullMarked;
