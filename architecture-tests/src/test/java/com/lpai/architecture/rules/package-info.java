/** The rules of the rings, checked on the classes that go into the war. */
@NullMarked
package com.lpai.architecture.rules;

import org.jspecify.annotations.NullMarked;
