/**
 * Locations, the tenants: their ids, details and setup; knows nothing of how either side stores
 * them.
 */
@NullMarked
package com.lpai.domain.location;

import org.jspecify.annotations.NullMarked;
