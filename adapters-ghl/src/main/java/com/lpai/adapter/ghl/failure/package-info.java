/** What GoHighLevel's refusals mean; knows nothing of contacts or any other record. */
@NullMarked
package com.lpai.adapter.ghl.failure;

import org.jspecify.annotations.NullMarked;
