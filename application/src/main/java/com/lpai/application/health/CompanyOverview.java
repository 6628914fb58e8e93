package com.lpai.application.health;

import com.lpai.domain.company.Discovery;

/** One company at a glance: its own connection, and how far its locations are found. */
public record CompanyOverview(ConnectionOverview connection, Discovery discovery) {}
