package com.lpai.application.setup;

import com.lpai.application.work.Instance;
import com.lpai.domain.setup.Checkpoints;
import java.util.concurrent.Executor;

/**
 * What all steps that copy page by page have in common.
 *
 * @param turns where a call waits for its turn in the budget
 * @param stores where pages are stored while the next ones are fetched
 */
record Copying(
    Checkpoints checkpoints,
    SetupProgress progress,
    SetupSettings settings,
    Turns turns,
    Executor stores,
    Instance instance) {}
