package io.caravan.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the Dockerfile says of the image that runs. */
final class ImageFile {

    private final List<String> lines;

    private ImageFile(List<String> lines) {
        this.lines = lines;
    }

    /** Reads the stage that both images are made from. */
    static ImageFile read() throws IOException {
        List<String> all = Files.readAllLines(Path.of("Dockerfile"));
        return new ImageFile(all.stream()
                .dropWhile(line -> !line.endsWith(" AS base"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("FROM "))
                .toList());
    }

    /** Returns what follows an instruction that is there once. */
    String only(String instruction) {
        List<String> found = lines.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(instruction + ": " + found);
        }
        return found.get(0);
    }
}
