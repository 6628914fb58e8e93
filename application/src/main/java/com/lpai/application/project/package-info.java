/** Projects: reading them, and taking in what the CRM says of them. */
@NullMarked
package com.lpai.application.project;

import org.jspecify.annotations.NullMarked;
