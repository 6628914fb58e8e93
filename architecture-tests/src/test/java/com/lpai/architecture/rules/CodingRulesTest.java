package com.lpai.architecture.rules;

import static com.lpai.architecture.rules.ProductionClasses.ALL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.core.domain.JavaModifier;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** Habits that a machine can check. */
class CodingRulesTest {

  @Test
  void timeComesInAndIsNotAskedOfTheMachine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("com.lpai.boot..")
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
        .callConstructor(java.util.Date.class)
        .check(ALL);
  }

  @Test
  void nobodyPrintsOrUsesAnotherLogger() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(ALL);
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(ALL);
  }

  @Test
  void dependenciesComeByConstructor() {
    NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(ALL);
  }

  @Test
  void servicesAreHiddenBehindTheirUseCases() {
    classes()
        .that()
        .resideInAPackage("com.lpai.application..")
        .and()
        .haveSimpleNameEndingWith("Service")
        .should()
        .bePackagePrivate()
        .andShould()
        .haveModifier(JavaModifier.FINAL)
        .check(ALL);
  }

  @Test
  void namesSayWhatAClassIsFor() {
    noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Util|Utils)$").check(ALL);
  }
}
