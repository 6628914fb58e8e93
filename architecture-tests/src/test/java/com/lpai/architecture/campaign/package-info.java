/**
 * Runs that kill processes for minutes and then look whether anything acknowledged was lost: too
 * long for each build, started by the commands of {@code dev/campaign}.
 */
@NullMarked
package com.lpai.architecture.campaign;

import org.jspecify.annotations.NullMarked;
