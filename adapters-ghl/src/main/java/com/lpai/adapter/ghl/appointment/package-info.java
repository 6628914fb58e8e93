/** GoHighLevel's appointments, which it calls events of a calendar. */
@NullMarked
package com.lpai.adapter.ghl.appointment;

import org.jspecify.annotations.NullMarked;
