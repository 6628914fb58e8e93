/** Taking in what the CRM says of records that both sides keep, the same for every kind. */
@NullMarked
package com.lpai.application.mirror;

import org.jspecify.annotations.NullMarked;
