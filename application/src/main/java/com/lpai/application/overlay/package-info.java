/** What processors would store, kept beside what is stored: for looking what they would do. */
@NullMarked
package com.lpai.application.overlay;

import org.jspecify.annotations.NullMarked;
