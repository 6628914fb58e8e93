package com.lpai.adapter.ghl.limit;

import com.lpai.domain.crm.RateBudget;

/**
 * What every call of one kind of owner passes.
 *
 * @param breakers of the host that they go to, shared by all kinds
 * @param <O> a location's or a company's id
 */
public record CallGate<O>(RateBudget<O> budget, CircuitBreakers breakers) {}
