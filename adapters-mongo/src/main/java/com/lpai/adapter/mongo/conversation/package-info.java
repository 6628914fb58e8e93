/** Conversations and their messages as documents. */
@NullMarked
package com.lpai.adapter.mongo.conversation;

import org.jspecify.annotations.NullMarked;
