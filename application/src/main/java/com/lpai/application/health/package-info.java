/** What operators and frontends are told about the state of things. */
@NullMarked
package com.lpai.application.health;

import org.jspecify.annotations.NullMarked;
