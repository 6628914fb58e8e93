/** What all streams of events share: who looks for what is new, and how a client is told. */
@NullMarked
package com.lpai.adapter.web.stream;

import org.jspecify.annotations.NullMarked;
