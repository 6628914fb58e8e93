package com.lpai.application.health;

import com.lpai.domain.company.Discovery;
import com.lpai.domain.crm.BudgetStatus;

/**
 * One company at a glance: its own connection and budget of calls, and how far its locations are
 * found.
 */
public record CompanyOverview(
    ConnectionOverview connection, Discovery discovery, BudgetStatus calls) {}
