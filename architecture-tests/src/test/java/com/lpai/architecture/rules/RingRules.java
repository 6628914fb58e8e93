package com.lpai.architecture.rules;

import static com.lpai.architecture.rules.Rings.within;
import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Rings point inward, adapters never see each other, features have no cycles. */
final class RingRules {
  /** What boot may use of each adapter, from the adapter's package on. */
  private static final List<String> GHL_DOORS =
      List.of(
          "GhlAdapter",
          "GhlSettings",
          "Feature",
          "limit.CallGate",
          "limit.CallLimits",
          "limit.Limits");

  private static final List<String> MONGO_DOORS =
      List.of("MongoAdapter", "MongoSettings", "encryption.MasterKey", "encryption.MasterKeys");

  /** Resources find their use cases by CDI; boot makes only what CDI cannot. */
  private static final List<String> WEB_DOORS =
      List.of("WebSettings", "security.OperatorBootstrap", "security.TokenIssuer");

  private RingRules() {}

  static ArchRule domainKnowsOnlyJavaAndItself(Rings rings) {
    return classes()
        .that()
        .resideInAPackage(within(rings.domain()))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", within(rings.domain()));
  }

  static ArchRule applicationKnowsOnlyJavaTheDomainAndItself(Rings rings) {
    return classes()
        .that()
        .resideInAPackage(within(rings.application()))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "org.jspecify..", within(rings.domain()), within(rings.application()));
  }

  static ArchRule innerRingsDoNotLog(Rings rings) {
    return noClasses()
        .that()
        .resideInAnyPackage(within(rings.domain()), within(rings.application()))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(System.Logger.class.getName());
  }

  static ArchRule drivenAdaptersKnowTheDomainAndNoOtherRing(Rings rings) {
    return noClasses()
        .that()
        .resideInAnyPackage(within(rings.ghl()), within(rings.mongo()))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(within(rings.application()), within(rings.web()), within(rings.boot()));
  }

  static ArchRule adaptersNeverSeeEachOther(Rings rings) {
    return slices()
        .matching(rings.root() + ".adapter.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(alwaysTrue(), resideInAPackage("java.."));
  }

  static ArchRule nobodyKnowsBoot(Rings rings) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(within(rings.boot()))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(within(rings.boot()));
  }

  static ArchRule bootUsesAdaptersByTheirDoors(Rings rings) {
    Set<String> doors =
        List.of(
                named(rings.ghl(), GHL_DOORS),
                named(rings.mongo(), MONGO_DOORS),
                named(rings.web(), WEB_DOORS))
            .stream()
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());
    DescribedPredicate<JavaClass> pastTheDoor =
        resideInAPackage(within(rings.root() + ".adapter"))
            .and(
                DescribedPredicate.describe(
                    "are none of " + doors, type -> !doors.contains(outermost(type))));
    return noClasses()
        .that()
        .resideInAPackage(within(rings.boot()))
        .should()
        .dependOnClassesThat(pastTheDoor);
  }

  private static List<String> named(String adapter, List<String> doors) {
    return doors.stream().map(door -> adapter + "." + door).toList();
  }

  private static String outermost(JavaClass type) {
    return type.getEnclosingClass().map(RingRules::outermost).orElse(type.getFullName());
  }

  static ArchRule theWebKnowsTheApplicationByItsUseCases(Rings rings) {
    return noClasses()
        .that()
        .resideInAPackage(within(rings.web()))
        .should()
        .dependOnClassesThat()
        .haveSimpleNameEndingWith("Repository");
  }

  static ArchRule featuresHaveNoCycles(Rings rings) {
    List<ArchRule> rules = new ArrayList<>();
    rings
        .all()
        .forEach(ring -> rules.add(slices().matching(ring + ".(*)..").should().beFreeOfCycles()));
    return CompositeArchRule.of(rules);
  }

  static ArchRule nothingOfTheWarKnowsTheStandIns(Rings rings) {
    return noClasses()
        .that()
        .resideInAnyPackage(rings.all().stream().map(Rings::within).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            within(rings.root() + ".dev"),
            within(rings.root() + ".launcher"),
            "de.bwaldvogel..",
            "org.h2..");
  }
}
