package com.lpai.domain.crm;

import java.time.Duration;
import java.time.Instant;

/**
 * How one owner's budget of calls stands, as far as this instance knows: other instances' calls of
 * the last half minute may be missing.
 *
 * @param limit calls in one window
 * @param window its length
 * @param leased how many of them instances hold at the moment; 0 when nothing is going on
 * @param day the day's calls, and how many there may be
 * @param dailyLeft calls left today
 * @param backfillLimit calls of a day that backfill may use
 * @param backfillPerMinute calls that backfill made per minute lately
 * @param backfillEndsAt the forecast: when backfill will have used up its part of the day, going on
 *     like this; {@link Instant#EPOCH} when the day ends before
 * @param pausedUntil no call goes out before; {@link Instant#EPOCH} when none was refused
 * @param trouble why fewer calls are made than could be, for a person; empty when none
 */
public record BudgetStatus(
    int limit,
    Duration window,
    int leased,
    DayUse day,
    long dailyLeft,
    long backfillLimit,
    double backfillPerMinute,
    Instant backfillEndsAt,
    Instant pausedUntil,
    String trouble) {}
