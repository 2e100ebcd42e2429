package org.rollcall;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Who may know whom. Plain tests, since fields of rules have been skipped without a word. */
class ArchitectureTest {
  private static final String ROOT = Rollcall.class.getPackageName();
  private static final String[] STEPS = {
    "..rollcall.stage..",
    "..rollcall.resolve..",
    "..rollcall.plan..",
    "..rollcall.guard..",
    "..rollcall.deliver..",
    "..rollcall.verify.."
  };

  private static final Set<String> SLEEPERS =
      Set.of(Thread.class.getName(), TimeUnit.class.getName(), LockSupport.class.getName());
  private static final Set<String> SLEEPING = Set.of("sleep", "parkNanos", "parkUntil");

  private static final JavaClasses ALL = new ClassFileImporter().importPackages(ROOT);
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void the_rules_do_not_know_camel() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..rollcall.member..",
            "..rollcall.guard..",
            "..rollcall.pace..",
            "..rollcall.settings..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.camel..")
        .because("rules must be testable as plain Java; move the call to route")
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void values_do_not_know_sql_or_http() {
    noClasses()
        .that()
        .resideInAnyPackage("..rollcall.member..", "..rollcall.settings..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "java.net.http..", "..rollcall.store..")
        .because("values and rules are plain Java; move the call to the step or to store")
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void the_steps_name_no_provider() {
    noClasses()
        .that()
        .resideInAnyPackage(STEPS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..rollcall.provider.*..")
        .because("a third provider must not touch the pipeline; use the operations in provider")
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void providers_do_not_know_each_other() {
    slices()
        .matching(ROOT + ".provider.(*)..")
        .should()
        .notDependOnEachOther()
        .because("what two providers share belongs to provider or pace")
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void the_sandbox_shares_no_code_with_what_is_tested_against_it() {
    noClasses()
        .that()
        .resideInAPackage("..rollcall.sandbox..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "..").and(not(resideInAPackage("..rollcall.sandbox.."))))
        .because("a mistake in shared code would be invisible")
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void only_commands_and_demonstrations_start_the_sandbox() {
    noClasses()
        .that(
            not(
                resideInAnyPackage(
                    "..rollcall.sandbox..",
                    "..rollcall.cli..",
                    "..rollcall.demo..",
                    "..rollcall.bench..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..rollcall.sandbox..")
        .because("the hub must not know that a stand-in exists")
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void packages_form_no_cycles() {
    slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void every_package_says_what_it_is_and_that_nothing_is_null() {
    List<String> unmarked =
        MAIN.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(
                found ->
                    found
                        .tryGetPackageInfo()
                        .filter(info -> info.isAnnotatedWith(NullMarked.class))
                        .isEmpty())
            .map(found -> found.getName())
            .toList();

    assertThat(MAIN).as("classes looked at").isNotEmpty();
    assertThat(unmarked).as("packages without a @NullMarked package-info.java").isEmpty();
  }

  @Test
  void no_name_hides_what_a_class_does() {
    noClasses()
        .should()
        .haveNameMatching(".*(Manager|Helper|Helpers|Util|Utils)(\\$.*)?")
        .because("a noun for what it is says more")
        .check(ALL);
  }

  @Test
  void only_pace_sleeps_and_the_sandbox_when_it_plays_a_slow_provider() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..rollcall.pace..", "..rollcall.sandbox..")
        .should()
        .accessTargetWhere(describe("sleeps", ArchitectureTest::sleeps))
        .because("waiting has to be steered by the clock and to end when the hub stops")
        .check(ALL);
  }

  private static boolean sleeps(JavaAccess<?> access) {
    return SLEEPERS.contains(access.getTargetOwner().getName())
        && SLEEPING.contains(access.getName());
  }

  /** Every package is a slice of its own, the root too. */
  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
