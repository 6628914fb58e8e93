/** The project, which the CRM calls an opportunity, and the ports it needs. */
@NullMarked
package com.lpai.domain.project;

import org.jspecify.annotations.NullMarked;
