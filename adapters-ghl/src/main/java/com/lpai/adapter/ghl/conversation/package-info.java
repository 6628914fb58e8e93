/** GoHighLevel's conversations and messages. */
@NullMarked
package com.lpai.adapter.ghl.conversation;

import org.jspecify.annotations.NullMarked;
