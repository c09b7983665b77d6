package io.caravan.app;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.model.TemplatedRouteParameterDefinition;

/**
 * All that the route files of a directory say, checked.
 *
 * @param snapshot the files
 * @param code what the files hold besides feeds and the shipped template, a line for each file that has any, for people
 * @param files what Camel loads file by file: templates, routes of the user's own, beans; by the files' names
 * @param feeds the feeds' routes, by the feeds' names
 * @param checked the feeds themselves
 */
record RouteSet(
        RouteSnapshot snapshot,
        List<String> code,
        SortedMap<String, LoadedFile> files,
        SortedMap<String, FeedRoute> feeds,
        List<FeedFile> checked) {

    /**
     * A file that Camel loads as a whole, but for the feeds in it. Two are equal if Camel would make the same of them.
     *
     * @param isShared whether other files may depend on it
     * @param shared the texts of all files on which others depend
     */
    record LoadedFile(String name, String text, boolean isShared, String shared) {}

    /** Puts together what parsed and checked files say; every id in them is unique. */
    static RouteSet of(RouteSnapshot snapshot, Collection<RouteFile> parsed, List<FeedFile> checked) {
        String shared = parsed.stream()
                .filter(RouteFile::isShared)
                .sorted(Comparator.comparing(RouteFile::name))
                .map(RouteFile::text)
                .collect(joining());
        Map<String, String> textOfTemplate = parsed.stream()
                .flatMap(file -> file.templates().stream().map(template -> Map.entry(template.getId(), file.text())))
                .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        SortedMap<String, LoadedFile> files = new TreeMap<>();
        SortedMap<String, FeedRoute> feeds = new TreeMap<>();
        for (RouteFile file : parsed) {
            String around = "";
            if (!file.holdsOnlyFeeds()) {
                around = file.text();
                files.put(file.name(), new LoadedFile(file.name(), file.text(), file.isShared(), shared));
            }
            for (TemplatedRouteDefinition feed : file.feeds()) {
                List<String> meaning = new ArrayList<>(parameters(feed));
                meaning.add(textOfTemplate.getOrDefault(feed.getRouteTemplateRef(), ""));
                meaning.add(feed.getBeans() == null || feed.getBeans().isEmpty() ? around : file.text());
                meaning.add(shared);
                feeds.put(feed.getRouteId(), new FeedRoute(feed, meaning));
            }
        }
        List<String> code = parsed.stream()
                .filter(file -> !file.besidesFeeds().isEmpty())
                .map(file -> file.name() + ": " + file.besidesFeeds())
                .sorted()
                .toList();
        return new RouteSet(snapshot, code, files, feeds, List.copyOf(checked));
    }

    /** Returns whether Camel would make the same of both. */
    boolean isSameAs(RouteSet other) {
        return files.equals(other.files) && feeds.equals(other.feeds);
    }

    /** Returns the feeds that another set does not have, or has in another way. */
    List<FeedFile> changedSince(RouteSet other) {
        return checked.stream()
                .filter(file -> {
                    String name = file.feed().name();
                    return !Objects.equals(feeds.get(name), other.feeds.get(name));
                })
                .toList();
    }

    private static List<String> parameters(TemplatedRouteDefinition feed) {
        return feed.getParameters() == null
                ? List.of()
                : feed.getParameters().stream()
                        .sorted(Comparator.comparing(TemplatedRouteParameterDefinition::getName))
                        .map(parameter -> parameter.getName() + "=" + parameter.getValue())
                        .toList();
    }
}
