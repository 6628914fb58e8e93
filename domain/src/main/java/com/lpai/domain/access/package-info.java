/** Who may enter: operator accounts, and the secrets that our own tokens are signed with. */
@NullMarked
package com.lpai.domain.access;

import org.jspecify.annotations.NullMarked;
