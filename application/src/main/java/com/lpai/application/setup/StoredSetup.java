package com.lpai.application.setup;

import com.lpai.domain.setup.Setup;

/**
 * A setup as it is stored.
 *
 * @param version tells one stored state from another on every instance; a later one has a greater
 */
public record StoredSetup(Setup setup, long version) {}
