package io.caravan.bench.pollock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A checkout of the benchmark: folders of files with their clean versions and their parameters. */
final class Checkout {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;

    Checkout(Path root) {
        this.root = root;
    }

    /** Returns whether there is such a folder of files. */
    boolean has(String dataset) {
        return Files.isDirectory(root.resolve(dataset).resolve("csv"));
    }

    /** Returns the names of the files of which there is a clean version too, in order. */
    List<String> files(String dataset) {
        try (Stream<Path> files = Files.list(root.resolve(dataset).resolve("csv"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name ->
                            Files.exists(root.resolve(dataset).resolve("clean").resolve(name)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] content(String dataset, String file) {
        try {
            return Files.readAllBytes(root.resolve(dataset).resolve("csv").resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what is in a file, read from its clean version, which is plain CSV. */
    List<List<String>> clean(String dataset, String file) {
        try {
            String text =
                    Files.readString(root.resolve(dataset).resolve("clean").resolve(file), UTF_8);
            List<List<String>> lines = new ArrayList<>();
            for (CsvRecord line : CsvReader.builder()
                    .skipEmptyLines(false)
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .ofCsvRecord(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
                lines.add(line.getFields().stream().map(Checkout::unixBreaks).toList());
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The benchmark reads both sides so. */
    static String unixBreaks(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** Returns how a file is written, as its author says. */
    JsonNode parameters(String dataset, String file) {
        return json(root.resolve(dataset).resolve("parameters").resolve(file + "_parameters.json"));
    }

    /** Returns how often each kind of file is met among real ones; empty if the checkout does not say. */
    Optional<JsonNode> weights() {
        Path weights = root.resolve("pollock_weights.json");
        return Files.exists(weights) ? Optional.of(json(weights)) : Optional.empty();
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
