/** The contact, its life between both sides, and the ports it needs. */
@NullMarked
package com.lpai.domain.contact;

import org.jspecify.annotations.NullMarked;
