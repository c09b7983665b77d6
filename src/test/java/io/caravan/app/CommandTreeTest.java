package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.caravan.app.command.Shell;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class CommandTreeTest {

    /** A command that is nowhere in the tree compiles, and nobody can call it. */
    @Test
    void everyCommandIsInTheTree() {
        JavaClasses app = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.caravan.app");
        List<JavaClass> commands = app.stream()
                .filter(type -> type.isAnnotatedWith(Command.class) && !type.isEquivalentTo(Shell.class))
                .toList();

        assertThat(commands).hasSizeGreaterThan(10).allSatisfy(command -> assertThat(
                        command.getConstructorCallsToSelf())
                .extracting(call -> call.getOriginOwner().getName())
                .containsOnly(CommandTree.class.getName()));
    }
}
