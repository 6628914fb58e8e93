package com.lpai.adapter.ghl;

import com.lpai.dev.sandbox.world.Kind;
import com.lpai.domain.appointment.CrmAppointments;
import com.lpai.domain.appointment.CrmAppointmentsContract;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.CrmOutgoingMessages;
import com.lpai.domain.conversation.CrmOutgoingMessagesContract;
import com.lpai.domain.directory.GhlCalendarId;
import com.lpai.domain.directory.GhlPipelineId;
import com.lpai.domain.project.CrmOpportunities;
import com.lpai.domain.project.CrmOpportunitiesContract;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** What every gateway for projects and appointments promises, against the sandbox. */
class WritesToTheSandboxTest {
  private static SandboxFixture fixture;
  private static List<String> contacts;
  private static int taken;

  @BeforeAll
  static void start() {
    fixture = SandboxFixture.startLarge(seeding -> seeding.withContacts(50, 11));
    contacts = ids(Kind.CONTACTS);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  private static List<String> ids(Kind kind) {
    return fixture.records(kind).stream().map(record -> record.getString("id")).toList();
  }

  private static GhlContactId contact() {
    return new GhlContactId(contacts.get(taken++));
  }

  @Nested
  class Opportunities implements CrmOpportunitiesContract {
    @Override
    public CrmOpportunities opportunities() {
      return fixture.adapter.opportunities();
    }

    @Override
    public LocationId location() {
      return SandboxFixture.LOCATION;
    }

    @Override
    public GhlContactId aContact() {
      return contact();
    }

    @Override
    public GhlPipelineId pipeline() {
      return new GhlPipelineId(ids(Kind.PIPELINES).getFirst());
    }

    @Override
    public Instant now() {
      return fixture.sandbox.clock().instant();
    }

    @Override
    public void searchCatchesUp() {
      fixture.sandbox.control("POST", "/sandbox/clock", "{\"advance\":\"PT31S\"}");
    }
  }

  @Nested
  class OutgoingMessages implements CrmOutgoingMessagesContract {
    @Override
    public CrmOutgoingMessages outgoing() {
      return fixture.adapter.outgoingMessages();
    }

    @Override
    public LocationId location() {
      return SandboxFixture.LOCATION;
    }

    @Override
    public GhlContactId aContact() {
      return contact();
    }

    @Override
    public Instant now() {
      return fixture.sandbox.clock().instant();
    }

    @Override
    public void searchCatchesUp() {
      fixture.sandbox.control("POST", "/sandbox/clock", "{\"advance\":\"PT31S\"}");
    }
  }

  @Nested
  class Appointments implements CrmAppointmentsContract {
    @Override
    public CrmAppointments appointments() {
      return fixture.adapter.appointments();
    }

    @Override
    public LocationId location() {
      return SandboxFixture.LOCATION;
    }

    @Override
    public GhlContactId aContact() {
      return contact();
    }

    @Override
    public GhlCalendarId calendar() {
      return fixture.records(Kind.CALENDARS).stream()
          .filter(calendar -> !calendar.getJsonArray("teamMembers").isEmpty())
          .map((JsonObject calendar) -> new GhlCalendarId(calendar.getString("id")))
          .findFirst()
          .orElseThrow();
    }
  }
}
