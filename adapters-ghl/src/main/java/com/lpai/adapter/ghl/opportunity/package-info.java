/** GoHighLevel's opportunities, which are our projects. */
@NullMarked
package com.lpai.adapter.ghl.opportunity;

import org.jspecify.annotations.NullMarked;
