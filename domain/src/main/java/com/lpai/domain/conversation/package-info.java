/** Conversations and their messages: kept and shown here, changed by the CRM. */
@NullMarked
package com.lpai.domain.conversation;

import org.jspecify.annotations.NullMarked;
