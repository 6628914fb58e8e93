package com.lpai.adapter.web;

import com.lpai.adapter.web.api.AppointmentsResource;
import com.lpai.adapter.web.api.ContactsResource;
import com.lpai.adapter.web.api.ConversationsResource;
import com.lpai.adapter.web.api.LocationsResource;
import com.lpai.adapter.web.api.OutgoingMessagesResource;
import com.lpai.adapter.web.api.ProjectPartsResource;
import com.lpai.adapter.web.api.ProjectsResource;
import com.lpai.adapter.web.conflict.ConflictPolicyResource;
import com.lpai.adapter.web.conflict.ConflictsResource;
import com.lpai.adapter.web.conflict.LocationConflictsResource;
import com.lpai.adapter.web.oauth.OAuthResource;
import com.lpai.adapter.web.oauth.ProgressResource;
import com.lpai.adapter.web.operations.CronResource;
import com.lpai.adapter.web.operations.MasterKeyResource;
import com.lpai.adapter.web.operations.OperationsResource;
import com.lpai.adapter.web.operations.ProofResource;
import com.lpai.adapter.web.operations.WebhooksResource;
import com.lpai.adapter.web.problem.ProblemMapper;
import com.lpai.adapter.web.security.SecurityFilter;
import com.lpai.adapter.web.security.SessionResource;
import com.lpai.adapter.web.setup.SetupResource;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.FeatureContext;
import java.util.HashSet;
import java.util.Set;

/** The REST API. What is not listed here is not served. */
@ApplicationPath("/api")
public class ApiApplication extends Application {
  /** Every resource class. */
  public static final Set<Class<?>> RESOURCES =
      Set.of(
          ContactsResource.class,
          ProjectsResource.class,
          ProjectPartsResource.class,
          AppointmentsResource.class,
          ConversationsResource.class,
          OutgoingMessagesResource.class,
          LocationsResource.class,
          LocationConflictsResource.class,
          ConflictsResource.class,
          ConflictPolicyResource.class,
          SetupResource.class,
          OperationsResource.class,
          WebhooksResource.class,
          MasterKeyResource.class,
          ProofResource.class,
          CronResource.class,
          OAuthResource.class,
          ProgressResource.class,
          SessionResource.class);

  @Override
  public Set<Class<?>> getClasses() {
    Set<Class<?>> classes = new HashSet<>(RESOURCES);
    classes.add(ProblemMapper.class);
    classes.add(Security.class);
    return classes;
  }

  /**
   * Puts the filter before every resource method. Liberty makes providers without injection, so
   * what the filter needs is fetched from CDI here.
   */
  public static final class Security implements DynamicFeature {
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
      SecurityFilter.Door door = CDI.current().select(SecurityFilter.Door.class).get();
      context.register(door.before(resource), Priorities.AUTHENTICATION);
    }
  }
}
