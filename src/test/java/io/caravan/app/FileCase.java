package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A feed with its objects, and what is right of it, as the files of {@code src/test/resources/io/caravan/app/files} have them.
 * Their head says how they are written.
 */
final class FileCase {

    private static final Path DIRECTORY = Path.of("src/test/resources/io/caravan/app/files");
    private static final String HEAD = "=== ";
    private static final String SECTION = "--- ";

    /** A line of an object that stands there many times. */
    private static final Pattern REPEATED = Pattern.compile("@(\\d+) (.*)");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(?:u([0-9A-F]{4})|x([0-9A-F]{2})|([nrt\\\\]))");

    final String name;
    final Map<String, String> parameters = new LinkedHashMap<>();

    /** By their keys behind the feed's prefix; a load after each of the lists. */
    final List<Map<String, byte[]>> rounds = new ArrayList<>(List.of(new LinkedHashMap<>()));

    final List<String> log = new ArrayList<>();

    @Nullable
    String table;

    @Nullable
    String columns;

    @Nullable
    List<String> rows;

    List<String> rejected = List.of();

    @Nullable
    String refused;

    private FileCase(String name) {
        this.name = name;
    }

    /** Returns the cases of all files. */
    static List<FileCase> all() throws IOException {
        List<FileCase> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.sorted().toList()) {
                read(file, cases);
            }
        }
        return cases;
    }

    /** Returns the cases of one file. */
    static List<FileCase> of(Path file) throws IOException {
        List<FileCase> cases = new ArrayList<>();
        read(file, cases);
        return cases;
    }

    private static void read(Path file, List<FileCase> cases) throws IOException {
        List<String> lines = List.of(Files.readString(file).split("\n", -1));
        int at = 0;
        while (at < lines.size() && !lines.get(at).startsWith(HEAD)) {
            at++;
        }
        while (at < lines.size()) {
            FileCase one = new FileCase(lines.get(at).substring(HEAD.length()).strip());
            at = one.readParameters(lines, at + 1);
            while (at < lines.size() && !lines.get(at).startsWith(HEAD)) {
                int end = at + 1;
                while (end < lines.size() && !isHead(lines.get(end))) {
                    end++;
                }
                one.add(lines.get(at).substring(SECTION.length()), lines.subList(at + 1, end));
                at = end;
            }
            cases.add(one);
        }
    }

    private static boolean isHead(String line) {
        return line.startsWith(HEAD) || line.startsWith(SECTION);
    }

    private int readParameters(List<String> lines, int from) {
        int at = from;
        for (; !isHead(lines.get(at)); at++) {
            if (!lines.get(at).isBlank()) {
                String[] sides = lines.get(at).split(": ", 2);
                parameters.put(sides[0], sides.length == 1 ? "" : sides[1]);
            }
        }
        return at;
    }

    private void add(String head, List<String> lines) {
        String[] words = head.strip().split(" ", 2);
        String said = words.length == 1 ? "" : words[1];
        switch (words[0]) {
            case "table" -> table = said;
            case "object" -> addObject(said, lines);
            case "then" -> rounds.add(new LinkedHashMap<>());
            case "columns" -> columns = said;
            case "rows" -> rows = content(lines);
            case "rejected" -> rejected = content(lines);
            case "refused" -> refused = said;
            case "log" -> log.add(said);
            default -> throw new IllegalArgumentException(name + ": " + head);
        }
    }

    private static List<String> content(List<String> lines) {
        return lines.stream().filter(line -> !line.isBlank()).toList();
    }

    private void addObject(String head, List<String> lines) {
        List<String> options = new ArrayList<>(List.of(head.split(" ")));
        String key = options.remove(0);
        String end = options.contains("crlf") ? "\r\n" : options.contains("cr") ? "\r" : "\n";
        StringBuilder text = new StringBuilder(options.contains("bom") ? "\uFEFF" : "");
        for (String line : lines) {
            Matcher repeated = REPEATED.matcher(line);
            text.append(
                    repeated.matches()
                            ? (repeated.group(2) + end).repeat(Integer.parseInt(repeated.group(1)))
                            : line + end);
        }
        if (options.contains("unended")) {
            text.setLength(text.length() - end.length());
        }
        Charset charset = options.stream()
                .filter(option -> option.startsWith("charset="))
                .map(option -> Charset.forName(option.substring("charset=".length())))
                .findFirst()
                .orElse(UTF_8);
        byte[] bytes = options.contains("escaped")
                ? unescaped(text.toString(), charset)
                : text.toString().getBytes(charset);
        if (options.contains("empty")) {
            bytes = new byte[0];
        }
        byte[] packed = packed(bytes, options);
        int length = packed.length - number(options, "cut=") + number(options, "zeros=");
        requireNonNull(rounds.get(rounds.size() - 1)).put(key, Arrays.copyOf(packed, length));
    }

    private static int number(List<String> options, String name) {
        return options.stream()
                .filter(option -> option.startsWith(name))
                .mapToInt(option -> Integer.parseInt(option.substring(name.length())))
                .sum();
    }

    private static byte[] unescaped(String text, Charset charset) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher escapes = ESCAPED.matcher(text);
        int from = 0;
        while (escapes.find()) {
            bytes.writeBytes(text.substring(from, escapes.start()).getBytes(charset));
            from = escapes.end();
            if (escapes.group(2) != null) {
                bytes.write(Integer.parseInt(escapes.group(2), 16));
            } else {
                String c = escapes.group(1) != null
                        ? Character.toString(Integer.parseInt(escapes.group(1), 16))
                        : escapes.group().translateEscapes();
                bytes.writeBytes(c.getBytes(charset));
            }
        }
        bytes.writeBytes(text.substring(from).getBytes(charset));
        return bytes.toByteArray();
    }

    private static byte[] packed(byte[] content, List<String> options) {
        if (options.contains("zip")) {
            return zip(content);
        }
        return options.contains("gzip") ? gzip(content) : content;
    }

    /** Returns an archive with the content as its one file. */
    static byte[] zip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("data/"));
            zip.putNextEntry(new ZipEntry("data/export.csv"));
            zip.write(content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return name;
    }
}
