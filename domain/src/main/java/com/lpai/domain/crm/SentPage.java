package com.lpai.domain.crm;

/**
 * A page that the CRM sent.
 *
 * @param text the answer, from which it can be read again
 */
public record SentPage<T>(PageText text, CrmPage<T> page) {}
