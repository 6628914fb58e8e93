/** Accepting events of the CRM durably, and applying them in order. */
@NullMarked
package com.lpai.application.webhook;

import org.jspecify.annotations.NullMarked;
