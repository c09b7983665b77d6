package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the build says of the libraries that go into the image. */
class BomIT {

    @Test
    void everyLibraryIsNamedWithItsVersion() throws IOException {
        List<String> named = components()
                .map(library -> library.path("name").asText() + "-"
                        + library.path("version").asText() + ".jar")
                .sorted()
                .toList();

        assertThat(named)
                .as("mvn clean takes away what earlier builds left in target/lib")
                .isEqualTo(jars());
        assertThat(components())
                .allSatisfy(library -> assertThat(library.path("purl").asText())
                        .isEqualTo("pkg:maven/%s/%s@%s?type=jar"
                                .formatted(
                                        library.path("group").asText(),
                                        library.path("name").asText(),
                                        library.path("version").asText())));
    }

    @Test
    void theSameLibrariesGiveTheSameFile() throws IOException {
        assertThat(bom().has("serialNumber")).isFalse();
        assertThat(bom().path("metadata").has("timestamp")).isFalse();
    }

    private static List<String> jars() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target/lib"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Stream<JsonNode> components() throws IOException {
        return bom().path("components").valueStream();
    }

    private static JsonNode bom() throws IOException {
        return new ObjectMapper().readTree(Path.of("target/bom.json").toFile());
    }
}
