package com.lpai.domain.setup;

import com.lpai.domain.crm.PageText;
import java.time.Instant;

/**
 * A page as the CRM sent it.
 *
 * @param readAt when its call began: what it tells is judged by that, however late it is read
 */
public record FetchedPage(PagePlace place, Instant readAt, PageText text) {}
