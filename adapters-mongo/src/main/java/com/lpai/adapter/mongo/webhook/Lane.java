package com.lpai.adapter.mongo.webhook;

import com.lpai.domain.tenant.LocationId;

/** One entity of one location: what keeps its events in order and with one worker. */
record Lane(LocationId locationId, String entityKey) {}
