package io.caravan.testing;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose files change as those of a mounted ConfigMap do: each is a link through the link {@code ..data} to a
 * directory of its time, and the kubelet's <a
 * href="https://github.com/kubernetes/kubernetes/blob/master/pkg/volume/util/atomic_writer.go">AtomicWriter</a> swaps that one
 * link.
 */
public final class ConfigMapMount {

    private final Path path;
    private int generation;

    /** Creates the directory, empty. */
    public ConfigMapMount(Path path) {
        this.path = path;
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return path;
    }

    /** Makes the directory hold these files and no others, by their names, in the kubelet's order of steps. */
    public void swap(Map<String, String> files) throws IOException {
        Path data = path.resolve("..data");
        @Nullable Path before = Files.exists(data) ? data.toRealPath() : null;
        Path now = Files.createDirectory(path.resolve("..2026_11_" + ++generation));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(now.resolve(file.getKey()), file.getValue());
        }
        Path link = Files.createSymbolicLink(path.resolve("..data_tmp"), now.getFileName());
        Files.move(link, data, ATOMIC_MOVE, REPLACE_EXISTING);
        for (String name : files.keySet()) {
            if (!Files.isSymbolicLink(path.resolve(name))) {
                Files.createSymbolicLink(path.resolve(name), Path.of("..data", name));
            }
        }
        for (Path visible : list(path)) {
            String name = visible.getFileName().toString();
            if (!name.startsWith("..") && !files.containsKey(name)) {
                Files.delete(visible);
            }
        }
        if (before != null) {
            delete(before);
        }
    }

    private static void delete(Path directory) throws IOException {
        for (Path file : list(directory)) {
            Files.delete(file);
        }
        Files.delete(directory);
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
