/**
 * Who may enter: operator accounts, the secrets that our own tokens are signed with, and tickets
 * for those who cannot send a token.
 */
@NullMarked
package com.lpai.domain.access;

import org.jspecify.annotations.NullMarked;
