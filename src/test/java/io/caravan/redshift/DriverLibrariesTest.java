package io.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The driver declares nothing of what its IAM URLs, proxies and plugins of identity providers need. */
class DriverLibrariesTest {

    /** Redshift speaks no SCRAM, and nothing of OSGi runs here; two plugins need a person at a browser, or jsoup for Okta's pages. */
    private static final List<String> NOT_NEEDED =
            List.of("com.ongres.scram.", "org.osgi.", "software.amazon.awssdk.services.ssooidc.", "org.jsoup.");

    @Test
    void everyClassThatTheDriverNamesIsThere() {
        Stream<String> named = new ClassFileImporter()
                .importPackages("com.amazon.redshift").stream()
                        .flatMap(driver -> driver.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(type -> !type.isPrimitive())
                        .map(JavaClass::getName)
                        .distinct();

        assertThat(named.filter(name -> !isThere(name))).isNotEmpty().allMatch(name -> NOT_NEEDED.stream()
                .anyMatch(name::startsWith));
    }

    private static boolean isThere(String name) {
        return ClassLoader.getSystemResource(name.replace('.', '/') + ".class") != null;
    }
}
