import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.maven.artifact.versioning.ComparableVersion;

/** Finds advisories of libraries; see scan.sh, which runs it from source. */
final class Scan {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> versions = new HashMap<>();
    private final String answers;
    private final List<String> lines = new ArrayList<>();
    private int read;
    private int unanswered;

    private Scan(JsonNode bom, String answers) {
        for (JsonNode library : bom.path("components")) {
            versions.put(text(library, "group") + ":" + text(library, "name"), text(library, "version"));
        }
        this.answers = answers;
    }

    /** Takes the file of libraries, the text of answers and the advisories. */
    public static void main(String[] arguments) {
        try {
            JsonNode bom = JSON.readTree(Path.of(arguments[0]).toFile());
            Scan scan = new Scan(bom, Files.readString(Path.of(arguments[1])));
            if (scan.versions.isEmpty()) {
                throw new IOException(arguments[0] + " names no libraries");
            }
            scan.read(Path.of(arguments[2]));
            if (scan.read == 0) {
                throw new IOException(arguments[2] + " has no advisories for Maven");
            }
            scan.lines.stream().sorted().forEach(System.out::println);
            System.out.printf(
                    "%d libraries, %d advisories: %d apply by their versions, %d unanswered%n",
                    scan.versions.size(), scan.read, scan.lines.size(), scan.unanswered);
            System.exit(scan.unanswered == 0 ? 0 : 1);
        } catch (IOException | RuntimeException e) {
            System.err.println("scan: " + e);
            System.exit(2);
        }
    }

    private void read(Path advisories) throws IOException {
        if (Files.isDirectory(advisories)) {
            readTree(advisories);
            return;
        }
        try (FileSystem zip = FileSystems.newFileSystem(advisories)) {
            readTree(zip.getPath("/"));
        }
    }

    private void readTree(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    look(JSON.readTree(in));
                } catch (IOException e) {
                    throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private void look(JsonNode advisory) {
        List<JsonNode> ours = stream(advisory.path("affected"))
                .filter(affected -> "Maven".equals(text(affected.path("package"), "ecosystem")))
                .toList();
        if (ours.isEmpty()) {
            return;
        }
        read++;
        if (advisory.hasNonNull("withdrawn")) {
            return;
        }
        Map<String, TreeSet<String>> hits = new HashMap<>();
        for (JsonNode affected : ours) {
            String name = text(affected.path("package"), "name");
            String version = versions.get(name);
            if (version != null && isAffected(affected, version)) {
                stream(affected.path("ranges"))
                        .flatMap(range -> stream(range.path("events")))
                        .filter(event -> event.has("fixed"))
                        .forEach(event -> hits.computeIfAbsent(name, key -> new TreeSet<>())
                                .add(text(event, "fixed")));
                hits.computeIfAbsent(name, key -> new TreeSet<>());
            }
        }
        hits.forEach((name, fixed) -> note(advisory, name, fixed));
    }

    private void note(JsonNode advisory, String name, TreeSet<String> fixed) {
        List<String> names = Stream.concat(
                        Stream.of(text(advisory, "id")), stream(advisory.path("aliases")).map(JsonNode::asText))
                .toList();
        boolean answered = names.stream().anyMatch(this::isAnswered);
        unanswered += answered ? 0 : 1;
        lines.add("%s %s %s, fixed in %s: %s"
                .formatted(
                        String.join(" ", names),
                        name,
                        versions.get(name),
                        fixed.isEmpty() ? "none" : String.join(", ", fixed),
                        answered ? "answered" : "UNANSWERED"));
    }

    private boolean isAnswered(String name) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])").matcher(answers).find();
    }

    private static boolean isAffected(JsonNode affected, String version) {
        return stream(affected.path("versions")).anyMatch(listed -> listed.asText().equals(version))
                || stream(affected.path("ranges"))
                        .filter(range -> "ECOSYSTEM".equals(text(range, "type")))
                        .anyMatch(range -> isWithin(range.path("events"), new ComparableVersion(version)));
    }

    /** As https://ossf.github.io/osv-schema/#evaluation has it: the last event that is not after the version decides. */
    private static boolean isWithin(JsonNode events, ComparableVersion version) {
        boolean within = false;
        for (Event event : stream(events).map(Event::of).sorted(Event.ORDER).toList()) {
            int after = event.isBeginning() ? 1 : version.compareTo(event.at);
            if (event.kind.equals("last_affected") ? after > 0 : after >= 0) {
                within = event.kind.equals("introduced");
            }
        }
        return within;
    }

    private record Event(String kind, ComparableVersion at) {

        static final Comparator<Event> ORDER = Comparator.comparing((Event event) -> !event.isBeginning())
                .thenComparing(Event::at)
                .thenComparing(event -> !event.kind.equals("introduced"));

        static Event of(JsonNode event) {
            String kind = event.fieldNames().next();
            return new Event(kind, new ComparableVersion(text(event, kind)));
        }

        /** OSV's 0 is before every version, also before those that Maven puts before it. */
        boolean isBeginning() {
            return kind.equals("introduced") && at.toString().equals("0");
        }
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText();
    }
}
