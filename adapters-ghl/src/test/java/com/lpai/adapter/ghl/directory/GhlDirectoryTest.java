package com.lpai.adapter.ghl.directory;

import static com.lpai.adapter.ghl.SandboxFixture.COMPANY;
import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static com.lpai.adapter.ghl.SandboxFixture.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.FakeGhl;
import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.GhlSettings;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.adapter.ghl.TestLimits;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.directory.User;
import com.lpai.domain.location.LocationDetails;
import com.lpai.domain.tenant.CompanyId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GhlDirectoryTest {

  @Test
  void aLocationTellsItsNameCountryZoneAndDuplicateRule() {
    try (SandboxFixture fixture =
        SandboxFixture.start(
            config -> config, it -> it.withName("Ärzte & Co").allowingDuplicates())) {
      LocationDetails details =
          done(fixture.adapter.locations().details(LOCATION, CallPriority.USER));

      assertThat(details.name()).isEqualTo("Ärzte & Co");
      assertThat(details.country()).isEqualTo("US");
      assertThat(details.timezone()).isNotEqualTo(ZoneId.of("UTC"));
      assertThat(details.allowsDuplicateContacts()).isTrue();
    }
  }

  @Test
  void usersAreReadPageByPage() {
    try (SandboxFixture fixture = SandboxFixture.start()) {
      List<User> all = new ArrayList<>();
      List<User> page;
      do {
        page =
            done(
                fixture
                    .adapter
                    .users()
                    .page(LOCATION, new CompanyId(COMPANY), all.size(), 2, CallPriority.USER));
        all.addAll(page);
      } while (!page.isEmpty());

      assertThat(all).extracting(User::id).doesNotHaveDuplicates().isNotEmpty();
      assertThat(all).allSatisfy(user -> assertThat(user.name()).isNotBlank());
      assertThat(all).allSatisfy(user -> assertThat(user.email()).contains("@"));
      assertThat(all).extracting(User::role).containsAnyOf("admin", "user");
    }
  }

  @Test
  void whatALocationDoesNotTellIsAssumed() {
    try (FakeGhl ghl =
            FakeGhl.answering(
                200,
                """
                {"location":{"id":"x","name":7,"country":"Germany","timezone":"Mars/Olympus",
                 "settings":"none"}}
                """);
        GhlAdapter adapter = adapter(ghl)) {
      LocationDetails details = done(adapter.locations().details(LOCATION, CallPriority.USER));

      assertThat(details).isEqualTo(LocationDetails.assumed(LOCATION.value()));
    }
  }

  @Test
  void usersThatCannotBeReadAreLeftOut() {
    try (FakeGhl ghl =
            FakeGhl.answering(
                200,
                """
                {"users":[null,7,{"name":"no id"},{"id":"has blank"},
                 {"id":"u1","firstName":"Jo","lastName":"Li","email":" Jo@X.com ","role":"user"}]}
                """);
        GhlAdapter adapter = adapter(ghl)) {
      List<User> users =
          done(adapter.users().page(LOCATION, new CompanyId(COMPANY), 0, 25, CallPriority.USER));

      assertThat(users).extracting(User::name).containsExactly("Jo Li");
      assertThat(users).extracting(User::email).containsExactly("jo@x.com");
    }
  }

  private static GhlAdapter adapter(FakeGhl ghl) {
    GhlSettings settings = SandboxFixture.settings(ghl.uri());
    return GhlAdapter.of(
        settings,
        new SandboxFixture.TestTokens<>(new Secret("t")),
        TestLimits.of(settings).locations());
  }
}
