package io.caravan.app.command.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class ManPagesCommandTest {

    @Command(name = "caravan", description = ".csv objects of S3 into Redshift.")
    private static final class Root {}

    @Command(name = "objects", description = "What became of objects.")
    private static final class Group {}

    @Command(name = "list", description = "Lists objects, the newest first. A \\ stays one.")
    private static final class Listing implements Runnable {

        @Parameters(paramLabel = "KEY", description = "A key.")
        private String key = "";

        @Option(
                names = {"-n", "--limit"},
                paramLabel = "N",
                description = "At most so many. Default: ${DEFAULT-VALUE}.")
        private int limit = 20;

        @Option(names = "--secret", hidden = true, description = "Nobody sees it.")
        private boolean secret;

        @Override
        public void run() {
            throw new IllegalStateException(key + limit + secret);
        }
    }

    @TempDir
    private Path directory;

    @Test
    void eachCommandThatIsShownHasAPage() throws IOException {
        Path pages = directory.resolve("man/man1");
        CommandLine group = new CommandLine(new Group()).addSubcommand(new Listing());
        CommandLine root = new CommandLine(new Root()).addSubcommand(group).addSubcommand(new ManPagesCommand());

        assertThat(root.execute("man-pages", pages.toString(), "1.2")).isZero();

        try (Stream<Path> files = Files.list(pages)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("caravan.1", "caravan-objects.1", "caravan-objects-list.1");
        }
        assertThat(Files.readString(pages.resolve("caravan.1")))
                .isEqualTo(
                        """
                        .TH "CARAVAN" 1 "" "Caravan 1.2" "Caravan"
                        .SH NAME
                        caravan \\- \\&.csv objects of S3 into Redshift
                        .SH SYNOPSIS
                        caravan [COMMAND]
                        .SH DESCRIPTION
                        \\&.csv objects of S3 into Redshift.
                        .SH COMMANDS
                        .TP
                        \\fBcaravan\\-objects\\fR(1)
                        What became of objects
                        """);
        assertThat(Files.readString(pages.resolve("caravan-objects-list.1")))
                .isEqualTo(
                        """
                        .TH "CARAVAN\\-OBJECTS\\-LIST" 1 "" "Caravan 1.2" "Caravan"
                        .SH NAME
                        caravan\\-objects\\-list \\- Lists objects, the newest first
                        .SH SYNOPSIS
                        caravan objects list [\\-n=N] KEY
                        .SH DESCRIPTION
                        Lists objects, the newest first. A \\e stays one.
                        .SH OPTIONS
                        .TP
                        \\fIKEY\\fR
                        A key.
                        .TP
                        \\fB\\-n\\fR, \\fB\\-\\-limit\\fR \\fIN\\fR
                        At most so many. Default: 20.
                        """);
    }
}
