package com.lpai.application.testing;

import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.appointment.CrmAppointmentsContract;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.CrmOutgoingMessages;
import com.lpai.domain.conversation.CrmOutgoingMessagesContract;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.directory.GhlPipelineId;
import com.lpai.domain.project.CrmOpportunities;
import com.lpai.domain.project.CrmOpportunitiesContract;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import org.junit.jupiter.api.Nested;

class InMemoryCrmListsTest {
  private final TestSystem system = new TestSystem();

  private GhlContactId contact() {
    return system.crm.has(TestSystem.LOCATION, FieldChanges.NONE);
  }

  @Nested
  class Opportunities implements CrmOpportunitiesContract {
    @Override
    public CrmOpportunities opportunities() {
      return system.lists.opportunities();
    }

    @Override
    public LocationId location() {
      return TestSystem.LOCATION;
    }

    @Override
    public GhlContactId aContact() {
      return contact();
    }

    @Override
    public GhlPipelineId pipeline() {
      return new GhlPipelineId("pipe1");
    }

    @Override
    public Instant now() {
      return system.time.instant();
    }

    @Override
    public void searchCatchesUp() {}
  }

  @Nested
  class OutgoingMessages implements CrmOutgoingMessagesContract {
    @Override
    public CrmOutgoingMessages outgoing() {
      return system.lists.outgoingMessages();
    }

    @Override
    public LocationId location() {
      return TestSystem.LOCATION;
    }

    @Override
    public GhlContactId aContact() {
      return contact();
    }

    @Override
    public Instant now() {
      return system.time.instant();
    }

    @Override
    public void searchCatchesUp() {}
  }

  @Nested
  class Appointments implements CrmAppointmentsContract {
    @Override
    public CrmAppointments appointments() {
      return system.lists.appointments();
    }

    @Override
    public LocationId location() {
      return TestSystem.LOCATION;
    }

    @Override
    public GhlContactId aContact() {
      return contact();
    }

    @Override
    public GhlCalendarId calendar() {
      return new GhlCalendarId("cal1");
    }
  }
}
