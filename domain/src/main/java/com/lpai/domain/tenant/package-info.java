/** Who owns data: the ids of locations (our tenants) and companies; knows nothing else. */
@NullMarked
package com.lpai.domain.tenant;

import org.jspecify.annotations.NullMarked;
