package com.lpai.application.health;

import com.lpai.domain.location.Location;
import com.lpai.domain.sync.SyncCounts;

/**
 * One location at a glance.
 *
 * @param connection the connection's state in one word; {@code none} without one
 * @param connectionProblem why it does not work, for a person; empty when it does
 */
public record LocationOverview(
    Location location, String connection, String connectionProblem, SyncCounts contacts) {}
