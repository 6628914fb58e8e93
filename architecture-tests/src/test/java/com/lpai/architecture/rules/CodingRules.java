package com.lpai.architecture.rules;

import static com.lpai.architecture.rules.Rings.within;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.jspecify.annotations.NullMarked;

/** Habits that a machine can check. */
final class CodingRules {

  private CodingRules() {}

  static ArchRule timeComesIn(Rings rings) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(within(rings.boot()))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .orShould()
        .callConstructor(java.util.Date.class);
  }

  /** ArchUnit's own rule looks at fields only, and at one logger. */
  static ArchRule nobodyUsesAnotherLogger() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.logging..", "org.slf4j..", "org.apache.logging..", "org.apache.log4j..");
  }

  static ArchRule servicesAreHiddenBehindTheirUseCases(Rings rings) {
    return classes()
        .that()
        .resideInAPackage(within(rings.application()))
        .and()
        .haveSimpleNameEndingWith("Service")
        .should()
        .bePackagePrivate()
        .andShould()
        .haveModifier(JavaModifier.FINAL);
  }

  static ArchRule namesSayWhatAClassIsFor() {
    return noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Util|Utils)$");
  }

  static ArchRule onlyBootReadsSettings(Rings rings) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(within(rings.boot()))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.microprofile.config..")
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class, String.class)
        .orShould()
        .callMethod(System.class, "getProperties")
        .orShould()
        .callMethod(Boolean.class, "getBoolean", String.class)
        .orShould()
        .callMethod(Integer.class, "getInteger", String.class)
        .orShould()
        .callMethod(Integer.class, "getInteger", String.class, int.class)
        .orShould()
        .callMethod(Long.class, "getLong", String.class)
        .orShould()
        .callMethod(Long.class, "getLong", String.class, long.class);
  }

  static ArchRule everyPackageIsNullMarked() {
    return classes()
        .should(
            new ArchCondition<JavaClass>("be in a package that is @NullMarked") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean marked =
                    type.getPackage()
                        .tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false);
                if (!marked) {
                  events.add(
                      SimpleConditionEvent.violated(
                          type,
                          type.getFullName()
                              + " is in a package without a package-info.java that says"
                              + " @NullMarked"));
                }
              }
            });
  }
}
