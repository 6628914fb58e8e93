package com.lpai.adapter.ghl;

import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.tenant.CompanyId;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class GhlAdapterTest {

  /** What is left open keeps its connections until the process ends. */
  @Test
  void closingItClosesTheClientOfEachArea() {
    try (FakeGhl ghl = FakeGhl.answering(200, "{}")) {
      GhlAdapter adapter = SandboxFixture.adapterTo(ghl);
      Map<String, ThrowingCallable> areas =
          Map.of(
              "contacts",
              () -> adapter.contacts().find(LOCATION, new GhlContactId("c"), CallPriority.USER),
              "locations",
              () -> adapter.locations().details(LOCATION, CallPriority.USER),
              "users",
              () -> adapter.users().page(LOCATION, CompanyId.UNKNOWN, "", 10, CallPriority.USER),
              "opportunities",
              () -> adapter.pipelines().list(LOCATION, CallPriority.USER),
              "calendars",
              () -> adapter.calendars().list(LOCATION, CallPriority.USER),
              "conversations",
              () ->
                  adapter
                      .conversations()
                      .messages(LOCATION, new GhlConversationId("c"), "", 10, CallPriority.USER));

      adapter.close();

      areas.forEach(
          (area, call) ->
              assertThatThrownBy(call).as(area).isInstanceOf(IllegalStateException.class));
      assertThat(ghl.received()).isEmpty();
    }
  }
}
