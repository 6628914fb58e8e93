package com.lpai.architecture.rules;

import static com.lpai.architecture.rules.ProductionClasses.ALL;
import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rings point inward, adapters never see each other, features have no cycles. */
class RingsTest {

  @Test
  void everyRingWasImported() {
    for (String ring : ProductionClasses.RINGS) {
      assertThat(ALL.that(resideInAPackage(ring + ".."))).as(ring).hasSizeGreaterThan(3);
    }
  }

  @Test
  void domainKnowsOnlyJavaAndItself() {
    classes()
        .that()
        .resideInAPackage("com.lpai.domain..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "com.lpai.domain..")
        .check(ALL);
  }

  @Test
  void applicationKnowsOnlyJavaTheDomainAndItself() {
    classes()
        .that()
        .resideInAPackage("com.lpai.application..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "org.jspecify..", "com.lpai.domain..", "com.lpai.application..")
        .check(ALL);
  }

  @Test
  void innerRingsDoNotLog() {
    noClasses()
        .that()
        .resideInAnyPackage("com.lpai.domain..", "com.lpai.application..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(System.Logger.class.getName())
        .check(ALL);
  }

  @Test
  void drivenAdaptersKnowTheDomainAndNoOtherRing() {
    noClasses()
        .that()
        .resideInAnyPackage("com.lpai.adapter.ghl..", "com.lpai.adapter.mongo..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.lpai.application..", "com.lpai.adapter.web..", "com.lpai.boot..")
        .check(ALL);
  }

  @Test
  void adaptersNeverSeeEachOther() {
    slices()
        .matching("com.lpai.adapter.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(alwaysTrue(), resideInAPackage("java.."))
        .check(ALL);
  }

  @Test
  void nobodyKnowsBoot() {
    noClasses()
        .that()
        .resideOutsideOfPackage("com.lpai.boot..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.lpai.boot..")
        .check(ALL);
  }

  @Test
  void theWebKnowsTheApplicationByItsUseCases() {
    noClasses()
        .that()
        .resideInAPackage("com.lpai.adapter.web..")
        .should()
        .dependOnClassesThat()
        .haveSimpleNameEndingWith("Repository")
        .check(ALL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.lpai.domain.(*)..",
        "com.lpai.application.(*)..",
        "com.lpai.adapter.ghl.(*)..",
        "com.lpai.adapter.mongo.(*)..",
        "com.lpai.adapter.web.(*)..",
        "com.lpai.boot.(*).."
      })
  void featuresHaveNoCycles(String features) {
    slices().matching(features).should().beFreeOfCycles().check(ALL);
  }
}
