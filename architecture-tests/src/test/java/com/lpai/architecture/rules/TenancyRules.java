package com.lpai.architecture.rules;

import static com.lpai.architecture.rules.Rings.within;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.conditions.ArchPredicates;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The tenant comes first, and ids of the two sides are never mixed. */
final class TenancyRules {
  /** Looks across tenants on purpose, or about no tenant's data; each with its reason. */
  static final Set<String> NOT_OF_ONE_TENANT =
      Set.of(
          "MirrorRepository.nextId", // an id of nobody yet
          "LocationRepository.all", // the operator's list of tenants
          "LocationRepository.withUnfinishedSetup", // finds work that a stopped instance left
          "PendingPushes.due", // finds work over all tenants; each is then taken by tenant
          "PendingPushes.undecided", // for the operator: how many wait for a person, by tenant
          "PendingPushes.failed", // the same
          "WebhookQueue.accept", // the envelope carries the tenant
          "WebhookQueue.claim", // a queue's claim is the one look across tenants
          "WebhookQueue.prolong", // the claim carries the tenant
          "WebhookQueue.settleAll", // the same
          "WebhookQueue.depth", // counts only
          "WebhookQueue.dead", // the same, location by location
          "WebhookHistory.sweep", // sweeps what was kept for long enough; each by its tenant
          "ConnectionStore.careDue", // finds due work; each is then taken by its owner
          "ConnectionRepository.careDue", // the same
          "Discoveries.save", // the discovery carries its company
          "Discoveries.due", // finds due work; each is then taken by its company
          "Checkpoints.outdated", // finds what to refresh; each is then read by tenant
          "Reconciliations.due", // finds due work; each is then done by tenant
          "Reconciliations.countDue", // counts only
          "Discoveries.all", // the operator's list of companies
          "Erasures.due", // finds due work; each is then swept by location
          "Erasures.postpone", // the sweep carries the location
          "Erasures.finish", // the same
          "PermitLedger.changedSince", // what other instances did, over all owners
          "CrmOAuth.authorizeUri", // no tenant is known yet
          "CrmOAuth.exchange"); // the answer names the tenant

  /** Ports that are generic over whose they are: the type variable is their owner. */
  private static final Set<String> GENERIC_OVER_THEIR_OWNER =
      Set.of("AccessTokens", "ConnectionStore", "PermitLedger", "RateBudget", "TokenProof");

  /** Who makes ids of the CRM outside the adapters that read them; each with its reason. */
  private static final Set<String> MAKERS_OF_THE_CRMS_IDS =
      Set.of(
          "push.ContactPushRules", // a duplicate's id is in a failure that knows no contacts
          "push.ProjectPushRules", // the same; a look-up asks by ids that are fields, kept as texts
          "push.AppointmentPushRules", // the same
          "push.MessagePushRules", // the same
          "reconcile.ReconcileUseCases", // differences of several kinds name records by texts
          "reconcile.ContactKind", // the same
          "reconcile.AboutContactKind", // the contact's id is a field, as it was told
          "contact.AboutContact", // the contact's id is a field of the record, kept as a text
          "conversation.ConversationUseCases"); // a caller names one by the only id that it has

  /** Classes outside the tenancy package that hold a database or client; each with its reason. */
  private static final List<String> DATABASE_HOLDERS =
      List.of(
          "MongoAdapter", // opens the client, hands the database to the tenancy package, pings
          "schema.Schema"); // makes indexes, which belong to no tenant

  /** Who may look over all locations; each changes what it finds by location and id. */
  private static final List<String> ACROSS_TENANTS =
      List.of(
          "MongoAdapter", // wires the others
          "connection.MongoConnectionRepository", // care, a company's, keys left to delete
          "mirror.MongoPendingPushes", // due pushes
          "setup.MongoCheckpoints", // what is to be refreshed
          "reconcile.MongoReconciliations", // what is to be reconciled
          "location.MongoLocationRepository", // the list of locations, unfinished setups
          "webhook.ArrivingEvents", // events that arrive together
          "webhook.Lanes", // due events of the queue
          "webhook.MongoWebhookQueue", // the same
          "webhook.MongoWebhookHistory", // sweeps what was kept for long enough
          "webhook.OddEvents", // mends what cannot be read, each by its location and id
          "webhook.OldEvents", // what an earlier version stored
          "webhook.Settlements", // what many workers tell together
          "webhook.Turns", // due events of the queue
          "webhook.WebhookClaims"); // the same

  /** Who may name a collection that belongs to no tenant. */
  private static final List<String> SHARED_COLLECTIONS =
      List.of(
          // leases, companies, OAuth states, operators, secrets, erased locations, permits,
          "MongoAdapter", // instances
          "schema.Schema"); // the schema's version

  private TenancyRules() {}

  static ArchRule everyPortTakesTheLocationFirst(Rings rings) {
    return classes()
        .that()
        .resideInAPackage(within(rings.domain()))
        .and(DescribedPredicate.describe("are ports", TenancyRules::isPort))
        .should(
            takeTheOwnerFirst(
                Set.of(
                    rings.domain() + ".tenant.LocationId", rings.domain() + ".tenant.CompanyId")));
  }

  static boolean isPort(JavaClass type) {
    String name = type.getSimpleName();
    return type.isInterface()
        && !type.isNestedClass()
        && (name.endsWith("Repository")
            || name.startsWith("Crm")
            || name.startsWith("Pending")
            || name.equals("WebhookQueue")
            || name.equals("WebhookHistory")
            || name.equals("Checkpoints")
            || name.equals("AccessTokens")
            || name.equals("RateBudget")
            || name.equals("PermitLedger")
            || name.equals("ConnectionStore")
            || name.equals("TokenProof")
            || name.equals("StreamTickets")
            || name.equals("IdempotencyKeys")
            || name.equals("ProjectParts")
            || name.equals("Reconciliations")
            || name.equals("Differences")
            || name.equals("Discoveries")
            || name.equals("Erasures"))
        && !name.equals("CrmResult")
        && !name.equals("CrmFailure");
  }

  private static ArchCondition<JavaClass> takeTheOwnerFirst(Set<String> owners) {
    return new ArchCondition<>(
        "take the location or company as the first parameter of every method") {
      @Override
      public void check(JavaClass port, ConditionEvents events) {
        for (JavaMethod method : port.getMethods()) {
          boolean excepted = NOT_OF_ONE_TENANT.contains(inShort(method));
          if (!excepted && !takesFirst(method, owners)) {
            events.add(
                SimpleConditionEvent.violated(
                    method, method.getFullName() + " does not take its owner first"));
          }
        }
      }
    };
  }

  static String inShort(JavaMethod method) {
    return method.getOwner().getSimpleName() + "." + method.getName();
  }

  /**
   * A port that is generic over its owner takes the type variable; no other type variable is an
   * owner. Bridges are the compiler's.
   */
  static boolean takesFirst(JavaMethod method, Set<String> owners) {
    if (method.getModifiers().contains(JavaModifier.STATIC)
        || method.getModifiers().contains(JavaModifier.BRIDGE)) {
      return true;
    }
    if (method.getParameterTypes().isEmpty()) {
      return false;
    }
    return isOwnerOfItsPort(method)
        || owners.contains(method.getRawParameterTypes().getFirst().getFullName());
  }

  private static boolean isOwnerOfItsPort(JavaMethod method) {
    return method.getParameterTypes().getFirst() instanceof JavaTypeVariable<?> variable
        && GENERIC_OVER_THEIR_OWNER.contains(method.getOwner().getSimpleName())
        && method.getOwner().getTypeParameters().contains(variable);
  }

  static ArchRule ourIdsNeverReachTheCrm(Rings rings) {
    return noClasses()
        .that()
        .resideInAPackage(within(rings.ghl()))
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            rings.domain().replace(".", "\\.")
                + "\\.(contact\\.ContactId|project\\.ProjectId|appointment\\.AppointmentId)");
  }

  static ArchRule onlyThoseWhoReadThemMakeTheCrmsIds(Rings rings) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(within(rings.ghl()), within(rings.mongo()))
        .and(
            DescribedPredicate.describe(
                "are none of " + MAKERS_OF_THE_CRMS_IDS,
                type -> MAKERS_OF_THE_CRMS_IDS.stream().noneMatch(type.getFullName()::endsWith)))
        .should(makeIdsOfTheCrm(rings));
  }

  /** A reference to the constructor makes one as well as a call does. */
  private static ArchCondition<JavaClass> makeIdsOfTheCrm(Rings rings) {
    return new ArchCondition<>("make an id of the CRM") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Stream.concat(
                type.getConstructorCallsFromSelf().stream(),
                type.getConstructorReferencesFromSelf().stream())
            .filter(access -> isIdOfTheCrm(rings, access.getTargetOwner()))
            .forEach(
                access ->
                    events.add(SimpleConditionEvent.satisfied(access, access.getDescription())));
      }
    };
  }

  private static boolean isIdOfTheCrm(Rings rings, JavaClass type) {
    return type.getPackageName().startsWith(rings.domain())
        && type.getSimpleName().matches("Ghl\\w+Id");
  }

  static ArchRule onlyTheTenancyPackageTouchesCollections(Rings rings) {
    return noClasses()
        .that()
        .resideInAPackage(within(rings.mongo()))
        .and()
        .resideOutsideOfPackage(within(rings.mongo() + ".tenancy"))
        .and(areNone(rings, DATABASE_HOLDERS))
        .should()
        .dependOnClassesThat()
        .haveNameMatching("com\\.mongodb\\.client\\.Mongo(Client|Cluster|Collection|Database)");
  }

  static ArchRule looksAcrossTenantsAreNamed(Rings rings) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(within(rings.mongo() + ".tenancy"))
        .and(areNone(rings, ACROSS_TENANTS))
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            (rings.mongo() + ".tenancy.AcrossTenants").replace(".", "\\.") + "(\\$.*)?");
  }

  static ArchRule sharedCollectionsAreNamedInOnePlace(Rings rings) {
    return noClasses()
        .that(areNone(rings, SHARED_COLLECTIONS))
        .should()
        .callMethod(rings.mongo() + ".tenancy.Collections", "shared", String.class.getName());
  }

  private static DescribedPredicate<JavaClass> areNone(Rings rings, List<String> names) {
    List<String> full = names.stream().map(name -> rings.mongo() + "." + name).toList();
    return ArchPredicates.are(
        DescribedPredicate.describe(
            "none of " + names,
            type -> full.stream().noneMatch(name -> isOrIsIn(type.getFullName(), name))));
  }

  private static boolean isOrIsIn(String type, String name) {
    return type.equals(name) || type.startsWith(name + "$");
  }
}
