package com.lpai.application.health;

import com.lpai.domain.crm.BudgetStatus;
import com.lpai.domain.location.Location;
import com.lpai.domain.sync.SyncCounts;

/**
 * One location at a glance, its budget of calls included.
 *
 * @param failedMessages how many that were to be sent from here wait for a person
 */
public record LocationOverview(
    Location location,
    ConnectionOverview connection,
    SyncCounts contacts,
    long failedMessages,
    BudgetStatus calls) {}
