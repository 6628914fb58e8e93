/** What the use cases need of whoever runs them: a signal that there is work, and who they are. */
@NullMarked
package com.lpai.application.work;

import org.jspecify.annotations.NullMarked;
