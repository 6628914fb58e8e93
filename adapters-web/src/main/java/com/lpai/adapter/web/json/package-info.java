/** Reading JSON that came from outside: strictly, and never more than was asked for. */
@NullMarked
package com.lpai.adapter.web.json;

import org.jspecify.annotations.NullMarked;
