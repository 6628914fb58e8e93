/** Phone numbers in one form. */
@NullMarked
package com.lpai.adapter.ghl.phone;

import org.jspecify.annotations.NullMarked;
