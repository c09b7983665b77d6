package io.caravan.app;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code deploy/helm}, as Helm itself reads it. */
final class Chart {

    static final Path DIRECTORY = Path.of("deploy", "helm", "caravan");
    static final Path EXAMPLE = Path.of("deploy", "helm", "example.yaml");
    static final Path BASE = Path.of("deploy", "helm", "base.yaml");

    private static final Pattern DOCUMENT =
            Pattern.compile("(?ms)^---\\n# Source: caravan/templates/([^\\n]*)\\n(.*?)(?=^---\\n# Source: |\\z)");

    private Chart() {}

    static LintResult lint() {
        return new Helm(DIRECTORY).lint().strict().call();
    }

    /**
     * Returns what Helm makes of each template, by the template's name; of a template that makes nothing, nothing.
     *
     * @param values a file of them
     * @param more names and values of others, one after the other
     */
    static Map<String, String> render(Path values, Object... more) {
        return render(DIRECTORY, values, more);
    }

    /**
     * Returns the same with the objects that {@code helm test} makes, which the library keeps to itself.
     *
     * @param copy where a chart is put in which these are objects like others
     */
    static Map<String, String> renderTests(Path copy, Path values, Object... more) throws IOException {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            for (Path file : files.toList()) {
                Path to = copy.resolve(DIRECTORY.relativize(file));
                if (file.startsWith(DIRECTORY.resolve("templates/tests")) && Files.isRegularFile(file)) {
                    Files.writeString(to, Files.readString(file).replace("helm.sh/hook: test", "hook: test"));
                } else {
                    Files.copy(file, to);
                }
            }
        }
        return render(copy, values, more);
    }

    private static Map<String, String> render(Path chart, Path values, Object... more) {
        TemplateCommand command = new Helm(chart)
                .template()
                .withName("release")
                .withNamespace("warehouse")
                .withValuesFile(values);
        for (int i = 0; i < more.length; i += 2) {
            command.set(more[i].toString(), more[i + 1]);
        }
        return DOCUMENT.matcher(command.call())
                .results()
                .collect(Collectors.toMap(
                        found -> found.group(1),
                        found -> found.group(2).stripTrailing() + "\n",
                        String::concat,
                        LinkedHashMap::new));
    }
}
