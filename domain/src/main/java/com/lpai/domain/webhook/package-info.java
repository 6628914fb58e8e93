/**
 * Events from the CRM: what is kept of them, in which order they are claimed, and what they mean.
 */
@NullMarked
package com.lpai.domain.webhook;

import org.jspecify.annotations.NullMarked;
