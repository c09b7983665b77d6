package io.caravan.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a process shows to Prometheus. */
public final class PrometheusText {

    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)\\})? (\\S+)");

    private record Sample(String name, String labels, double value) {

        boolean has(String... wanted) {
            for (int i = 0; i < wanted.length; i += 2) {
                if (!labels.contains(wanted[i] + "=\"" + wanted[i + 1] + "\"")) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Sample> samples = new ArrayList<>();

    /** Reads the text format. */
    public PrometheusText(String text) {
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher matcher = SAMPLE.matcher(line);
            if (!matcher.matches()) {
                throw new AssertionError("no sample: " + line);
            }
            String labels = matcher.group(2) == null ? "" : matcher.group(2);
            samples.add(new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3))));
        });
    }

    /** Returns the names of all series; of a histogram also the name that they have in common. */
    public Set<String> names() {
        Set<String> names = samples.stream().map(Sample::name).collect(Collectors.toSet());
        samples.stream()
                .map(Sample::name)
                .filter(name -> name.endsWith("_bucket"))
                .forEach(name -> names.add(name.substring(0, name.length() - "_bucket".length())));
        return names;
    }

    public boolean has(String name) {
        return samples.stream().anyMatch(sample -> sample.name().equals(name));
    }

    /**
     * Returns the value of the one series that has these labels.
     *
     * @param labels names and values, one after the other
     * @return NaN if there is none
     */
    public double value(String name, String... labels) {
        List<Sample> found = find(name, labels);
        if (found.size() > 1) {
            throw new AssertionError("more than one: " + found);
        }
        return found.isEmpty() ? Double.NaN : found.get(0).value();
    }

    /** Returns the sum of all series that have these labels. */
    public double sum(String name, String... labels) {
        return find(name, labels).stream().mapToDouble(Sample::value).sum();
    }

    private List<Sample> find(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && sample.has(labels))
                .toList();
    }
}
