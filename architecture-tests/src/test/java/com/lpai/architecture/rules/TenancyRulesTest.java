package com.lpai.architecture.rules;

import static com.lpai.architecture.rules.ProductionClasses.ALL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.tenant.LocationId;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The tenant comes first, and ids of the two sides are never mixed. */
class TenancyRulesTest {

  /** Looks across tenants on purpose, or about no tenant's data; each with its reason. */
  private static final Set<String> NOT_OF_ONE_TENANT =
      Set.of(
          "ContactRepository.nextId", // an id of nobody yet
          "LocationRepository.all", // the operator's list of tenants
          "LocationRepository.withUnfinishedSetup", // finds work that a stopped instance left
          "PendingContactPushes.due", // finds work over all tenants; each is then taken by tenant
          "WebhookQueue.accept", // the envelope carries the tenant
          "WebhookQueue.claim", // a queue's claim is the one look across tenants
          "WebhookQueue.settle", // the claim carries the tenant
          "WebhookQueue.depth", // counts only
          "CrmOAuth.authorizeUri", // no tenant is known yet
          "CrmOAuth.exchange", // the answer names the tenant
          "CrmOAuth.refresh"); // the token names the tenant

  @Test
  void everyPortTakesTheLocationFirst() {
    Set<String> withoutTenant = new TreeSet<>();
    List<JavaClass> ports =
        ALL.stream()
            .filter(type -> type.getPackageName().startsWith("com.lpai.domain"))
            .filter(JavaClass::isInterface)
            .filter(TenancyRulesTest::isPort)
            .toList();
    for (JavaClass port : ports) {
      for (JavaMethod method : port.getMethods()) {
        boolean tenantFirst =
            !method.getRawParameterTypes().isEmpty()
                && method.getRawParameterTypes().get(0).isEquivalentTo(LocationId.class);
        if (!tenantFirst && !method.getModifiers().contains(JavaModifier.STATIC)) {
          withoutTenant.add(port.getSimpleName() + "." + method.getName());
        }
      }
    }

    assertThat(ports).hasSizeGreaterThan(8);
    assertThat(withoutTenant).isEqualTo(new TreeSet<>(NOT_OF_ONE_TENANT));
  }

  private static boolean isPort(JavaClass type) {
    String name = type.getSimpleName();
    return !type.isNestedClass()
        && (name.endsWith("Repository")
            || name.startsWith("Crm")
            || name.startsWith("Pending")
            || name.equals("WebhookQueue")
            || name.equals("Checkpoints")
            || name.equals("AccessTokens")
            || name.equals("RateBudget"))
        && !name.equals("CrmResult")
        && !name.equals("CrmFailure");
  }

  @Test
  void ourIdsNeverReachTheCrm() {
    noClasses()
        .that()
        .resideInAPackage("com.lpai.adapter.ghl..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ContactId.class)
        .check(ALL);
  }

  @Test
  void onlyThoseWhoReadThemMakeTheCrmsIds() {
    noClasses()
        .that()
        .resideOutsideOfPackages("com.lpai.adapter.ghl..", "com.lpai.adapter.mongo..")
        .and()
        // A duplicate's id comes inside a failure, whose ring knows no contacts.
        .doNotHaveSimpleName("PushContactsService")
        .should()
        .callConstructor(GhlContactId.class, String.class)
        .check(ALL);
  }
}
