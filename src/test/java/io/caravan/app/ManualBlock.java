package io.caravan.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fenced block of a page of the manual.
 *
 * @param page relative to the checkout
 * @param language what stands behind the fence; empty if nothing does
 * @param lines without the fences' indentation
 */
record ManualBlock(Path page, String language, List<String> lines) {

    private static final String FENCE = "```";

    /** Returns all blocks of all pages, the README first. */
    static List<ManualBlock> all() throws IOException {
        List<ManualBlock> blocks = new ArrayList<>();
        for (Path page : pages()) {
            blocks.addAll(of(page));
        }
        return blocks;
    }

    /** Returns all pages, relative to the checkout. */
    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of("SECURITY.md")));
        for (String directory : List.of("docs", "bench", "deploy")) {
            try (Stream<Path> files = Files.walk(Path.of(directory))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    private static List<ManualBlock> of(Path page) {
        List<ManualBlock> blocks = new ArrayList<>();
        List<String> lines = null;
        String language = "";
        for (String line : read(page)) {
            int indentation = line.indexOf(FENCE);
            boolean isFence = indentation >= 0 && line.substring(0, indentation).isBlank();
            if (isFence && lines == null) {
                language = line.substring(indentation + FENCE.length()).strip();
                lines = new ArrayList<>();
            } else if (isFence) {
                blocks.add(new ManualBlock(page, language, List.copyOf(lines)));
                lines = null;
            } else if (lines != null) {
                lines.add(line);
            }
        }
        return blocks;
    }

    private static List<String> read(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the commands, each with the lines that belong to it, as they stand there. A comment on a line of its own is one, too. */
    List<String> commands() {
        List<String> commands = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        for (String line : lines) {
            command.append(line);
            boolean isOpen = line.endsWith("\\") || line.endsWith("|") || isQuoteOpen(command.toString());
            if (isOpen) {
                command.append('\n');
            } else {
                if (command.length() > 0) {
                    commands.add(command.toString());
                }
                command.setLength(0);
            }
        }
        if (command.length() > 0) {
            throw new AssertionError(page + " has a command without an end: " + command);
        }
        return commands;
    }

    private static boolean isQuoteOpen(String command) {
        return command.replaceAll("(^|\\s)#\\s.*", "")
                                .chars()
                                .filter(c -> c == '\'')
                                .count()
                        % 2
                == 1;
    }
}
