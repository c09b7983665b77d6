package io.caravan.app;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The image's build has all that goes into the jar: without it the image is made, and its service does not start. */
class ImageBuildTest {

    private static final Pattern RESOURCE = Pattern.compile("(?s)<resource>(.*?)</resource>");
    private static final Pattern DIRECTORY = Pattern.compile("<directory>(.*?)</directory>");
    private static final Pattern INCLUDE = Pattern.compile("<include>(.*?)</include>");

    @Test
    void whatGoesIntoTheJarIsCopied() throws IOException {
        List<String> copied = Files.readAllLines(Path.of("Dockerfile")).stream()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from"))
                .map(line -> line.split(" ", -1)[1])
                .toList();

        assertThat(resources()).hasSizeGreaterThan(3).allSatisfy(file -> assertThat(copied)
                .anySatisfy(source -> assertThat(Path.of(file)).startsWith(Path.of(source))));
    }

    /** There is no git in the build: what the command line says is what the image's label says. */
    @Test
    void theCommitIsHandedToTheBuild() throws IOException {
        String image = Files.readString(Path.of("Dockerfile"));
        String build = image.substring(image.indexOf(" AS build\n"), image.indexOf(" AS archives\n"));

        assertThat(build)
                .contains("ARG REVISION=", "-Dgit.commit.id.abbrev=\"$(echo \"$REVISION\" | cut -c 1-7)\" package");
        assertThat(image).contains("org.opencontainers.image.revision=\"${REVISION}\"");
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<Caravan-Commit>${git.commit.id.abbrev}</Caravan-Commit>");
    }

    @Test
    void whatIsCopiedIsNotIgnored() throws IOException {
        List<String> let = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();

        assertThat(resources()).allSatisfy(file -> assertThat(let)
                .anySatisfy(source -> assertThat(Path.of(file)).startsWith(Path.of(source))));
    }

    /** Returns the files that the build takes, or the directories if it takes all that is in them. */
    private static List<String> resources() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String main = pom.substring(pom.indexOf("<resources>"), pom.indexOf("</resources>"));
        return RESOURCE.matcher(main).results().flatMap(ImageBuildTest::files).toList();
    }

    private static Stream<String> files(MatchResult resource) {
        String directory = DIRECTORY
                .matcher(resource.group(1))
                .results()
                .map(found -> found.group(1))
                .collect(joining());
        List<String> includes = INCLUDE.matcher(resource.group(1))
                .results()
                .map(found -> found.group(1))
                .toList();
        return includes.isEmpty() ? Stream.of(directory) : includes.stream().map(file -> directory + '/' + file);
    }
}
