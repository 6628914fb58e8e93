/** What a call to the CRM can answer, how often we may call, and what happens after a failure. */
@NullMarked
package com.lpai.domain.crm;

import org.jspecify.annotations.NullMarked;
