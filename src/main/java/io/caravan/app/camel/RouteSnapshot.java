package io.caravan.app.camel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The route files of some directories as they were at one moment; two are equal if every file is.
 *
 * @param directories where they are
 * @param texts what each holds, by its name; of several directories the name is a path, since two may have files of one name
 * @param unreadable why others cannot be read, likewise
 */
public record RouteSnapshot(
        List<Path> directories, SortedMap<String, String> texts, SortedMap<String, String> unreadable) {

    private static final List<String> ENDINGS = List.of(".yaml", ".yml");

    public RouteSnapshot {
        directories = List.copyOf(directories);
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
        unreadable = Collections.unmodifiableSortedMap(new TreeMap<>(unreadable));
    }

    /** All of its files can be read. */
    public RouteSnapshot(Path directory, SortedMap<String, String> texts) {
        this(List.of(directory), texts, new TreeMap<>());
    }

    /** Returns whether there is no route file, not even one that cannot be read. */
    boolean isEmpty() {
        return texts.isEmpty() && unreadable.isEmpty();
    }

    /** Reads the files of one directory, as {@link #read(List)} does. */
    public static RouteSnapshot read(Path directory) throws IOException {
        return read(List.of(directory));
    }

    /**
     * Reads the files, through symbolic links too: a ConfigMap is mounted as links.
     *
     * @throws IOException if a directory cannot be read, or a file is gone since it was, because they are being changed
     */
    public static RouteSnapshot read(List<Path> directories) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        SortedMap<String, String> unreadable = new TreeMap<>();
        for (Path directory : directories) {
            for (Path file : list(directory)) {
                String name = (directories.size() == 1 ? file.getFileName() : file).toString();
                try {
                    texts.put(name, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                } catch (NoSuchFileException e) {
                    throw e;
                } catch (IOException e) {
                    unreadable.put(name, "the file cannot be read: " + CamelMessages.explain(e));
                }
            }
        }
        return new RouteSnapshot(directories, texts, unreadable);
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
