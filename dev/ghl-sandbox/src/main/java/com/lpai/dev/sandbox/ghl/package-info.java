/** GoHighLevel's own API, one class for each area of it, behind one gate. */
@NullMarked
package com.lpai.dev.sandbox.ghl;

import org.jspecify.annotations.NullMarked;
