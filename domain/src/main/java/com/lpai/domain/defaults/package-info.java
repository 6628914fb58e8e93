/** What a location starts with: terms, message templates and price libraries of the deployment. */
@NullMarked
package com.lpai.domain.defaults;

import org.jspecify.annotations.NullMarked;
