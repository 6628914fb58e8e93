/** Reading conversations and their messages. */
@NullMarked
package com.lpai.application.conversation;

import org.jspecify.annotations.NullMarked;
