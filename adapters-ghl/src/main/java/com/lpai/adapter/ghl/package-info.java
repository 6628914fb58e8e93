/** The one door to GoHighLevel: its API, OAuth and webhook formats behind the domain's ports. */
@NullMarked
package com.lpai.adapter.ghl;

import org.jspecify.annotations.NullMarked;
