/** People of a location as the CRM lists them. */
@NullMarked
package com.lpai.domain.directory;

import org.jspecify.annotations.NullMarked;
