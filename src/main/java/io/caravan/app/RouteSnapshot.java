package io.caravan.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The route files of a directory as they were at one moment; two are equal if every file is.
 *
 * @param directory where they are
 * @param texts what each holds, by its name
 */
record RouteSnapshot(Path directory, SortedMap<String, String> texts) {

    private static final List<String> ENDINGS = List.of(".yaml", ".yml");

    RouteSnapshot {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    /**
     * Reads the files, through symbolic links too: a ConfigMap is mounted as links.
     *
     * @throws IOException if the directory or a file cannot be read, for example because it is being changed
     */
    static RouteSnapshot read(Path directory) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        for (Path file : list(directory)) {
            texts.put(file.getFileName().toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
        return new RouteSnapshot(directory, texts);
    }

    /** Returns the route files, by name; what begins with a dot belongs to Kubernetes or to an editor. */
    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        String name = file.getFileName().toString();
                        return !name.startsWith(".") && ENDINGS.stream().anyMatch(name::endsWith);
                    })
                    .sorted()
                    .toList();
        }
    }
}
