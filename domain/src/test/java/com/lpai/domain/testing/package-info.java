/** What tests of every ring share: a clock that tests turn, and many threads at once. */
@NullMarked
package com.lpai.domain.testing;

import org.jspecify.annotations.NullMarked;
