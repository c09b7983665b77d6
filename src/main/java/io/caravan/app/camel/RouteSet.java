package io.caravan.app.camel;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.model.TemplatedRouteParameterDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What the route files of a directory say, checked: what holds, and what is wrong with the rest.
 *
 * @param snapshot the files
 * @param code what the files hold besides feeds and the shipped template, a line for each file that has any, for people
 * @param files what Camel loads file by file: templates, routes of the user's own, beans; by the files' names
 * @param feeds the feeds' routes, by the feeds' names
 * @param checked the feeds themselves
 * @param problems what is wrong, and so not in the set
 */
public record RouteSet(
        RouteSnapshot snapshot,
        List<String> code,
        SortedMap<String, LoadedFile> files,
        SortedMap<String, FeedRoute> feeds,
        List<FeedFile> checked,
        List<RouteProblem> problems) {

    public RouteSet {
        code = List.copyOf(code);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        feeds = Collections.unmodifiableSortedMap(new TreeMap<>(feeds));
        checked = List.copyOf(checked);
        problems = List.copyOf(problems);
    }

    /**
     * A file that Camel loads as a whole, but for the feeds in it. Two are equal if Camel would make the same of them.
     *
     * @param isShared whether other files may depend on it
     * @param shared the texts of all files on which others depend
     */
    record LoadedFile(String name, String text, boolean isShared, String shared) {}

    /**
     * Puts together what parsed and checked files say.
     *
     * @param holds whether a feed is to be in the set; every id of those is unique
     * @param parameters of each feed, for people
     */
    static RouteSet of(
            RouteSnapshot snapshot,
            Collection<RouteFile> parsed,
            Predicate<TemplatedRouteDefinition> holds,
            List<FeedFile> checked,
            Map<String, List<FeedParameter>> parameters,
            List<RouteProblem> problems) {
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
            for (TemplatedRouteDefinition feed :
                    file.feeds().stream().filter(holds).toList()) {
                List<String> meaning = new ArrayList<>(parameters(feed));
                meaning.add(textOfTemplate.getOrDefault(feed.getRouteTemplateRef(), ""));
                meaning.add(feed.getBeans() == null || feed.getBeans().isEmpty() ? around : file.text());
                meaning.add(shared);
                feeds.put(
                        feed.getRouteId(),
                        new FeedRoute(
                                file.name(), feed, parameters.getOrDefault(feed.getRouteId(), List.of()), meaning));
            }
        }
        List<String> code = parsed.stream()
                .filter(file -> !file.besidesFeeds().isEmpty())
                .map(file -> file.name() + ": " + file.besidesFeeds())
                .sorted()
                .toList();
        return new RouteSet(snapshot, code, files, feeds, checked, problems);
    }

    /** Returns this with more that is wrong, and without the feeds and files in which that is. */
    public RouteSet without(List<RouteProblem> wrong) {
        SortedMap<String, LoadedFile> goodFiles = new TreeMap<>(files);
        SortedMap<String, FeedRoute> goodFeeds = new TreeMap<>(feeds);
        for (RouteProblem problem : wrong) {
            if (problem.isOfFile()) {
                goodFiles.remove(problem.file());
                goodFeeds.values().removeIf(feed -> feed.file().equals(problem.file()));
            } else {
                goodFeeds.remove(problem.feed());
            }
        }
        List<RouteProblem> all = new ArrayList<>(problems);
        all.addAll(wrong);
        return new RouteSet(snapshot, code, goodFiles, goodFeeds, chosen(checked, goodFeeds), all);
    }

    /** Returns this, but with what was before in place of what is wrong now, where there was something. */
    public RouteSet keeping(RouteSet before) {
        Set<String> wrongFeeds = problems.stream().map(RouteProblem::feed).collect(toSet());
        Set<String> wrongFiles = problems.stream()
                .filter(RouteProblem::isOfFile)
                .map(RouteProblem::file)
                .collect(toSet());
        SortedMap<String, LoadedFile> keptFiles = new TreeMap<>(files);
        before.files.forEach((name, file) -> {
            if (wrongFiles.contains(name)) {
                keptFiles.putIfAbsent(name, file);
            }
        });
        SortedMap<String, FeedRoute> keptFeeds = new TreeMap<>(feeds);
        List<FeedFile> keptChecked = new ArrayList<>(checked);
        before.feeds.forEach((name, feed) -> {
            // One of two that share a name runs, and goes on.
            if (wrongFeeds.contains(name) || wrongFiles.contains(feed.file())) {
                keptFeeds.put(name, feed);
                keptChecked.removeIf(file -> file.feed().name().equals(name));
                keptChecked.addAll(chosen(before.checked, Map.of(name, feed)));
            }
        });
        return new RouteSet(snapshot, code, keptFiles, keptFeeds, keptChecked, problems);
    }

    /** Returns whether a feed is in this set, and in the same way in the one before. */
    public boolean hasAsBefore(String feed, RouteSet before) {
        @Nullable FeedRoute route = feeds.get(feed);
        return route != null && route.equals(before.feeds.get(feed));
    }

    /** Returns those of some feeds that are in the set. */
    public List<FeedFile> checkedOf(List<FeedFile> some) {
        return chosen(some, feeds);
    }

    private static List<FeedFile> chosen(List<FeedFile> all, Map<String, FeedRoute> feeds) {
        return all.stream()
                .filter(file -> feeds.containsKey(file.feed().name()))
                .toList();
    }

    /** Returns the problems of feeds, or files, in whose place nothing is in the set. */
    public List<RouteProblem> stopped() {
        Set<String> seen = new HashSet<>(feeds.keySet());
        return problems.stream().filter(problem -> seen.add(problem.feed())).toList();
    }

    /** Returns the name of the file of a feed, that holds or does not; null if there is no such feed. */
    @Nullable
    public String fileOf(String feed) {
        @Nullable FeedRoute route = feeds.get(feed);
        return route != null
                ? route.file()
                : problems.stream()
                        .filter(problem -> problem.feed().equals(feed))
                        .map(RouteProblem::file)
                        .findFirst()
                        .orElse(null);
    }

    /** Returns whether Camel would make the same of both. */
    public boolean isSameAs(RouteSet other) {
        return files.equals(other.files) && feeds.equals(other.feeds);
    }

    /** Returns the feeds that another set does not have, or has in another way. */
    public List<FeedFile> changedSince(RouteSet other) {
        return checked.stream()
                .filter(file -> {
                    String name = file.feed().name();
                    return !Objects.equals(feeds.get(name), other.feeds.get(name));
                })
                .toList();
    }

    /** Returns what feeds another set has not, has in another way, or had, a line each, for people. */
    public List<String> changes(RouteSet before) {
        List<String> changes = new ArrayList<>();
        feeds.forEach((name, feed) -> {
            if (!before.feeds.containsKey(name)) {
                changes.add("feed " + name + " is added");
            } else if (!feed.equals(before.feeds.get(name))) {
                changes.add("feed " + name + " is changed");
            }
        });
        before.feeds.keySet().stream()
                .filter(name -> !feeds.containsKey(name))
                .forEach(name -> changes.add("feed " + name + " is removed"));
        return changes.isEmpty() ? List.of("files that are no feeds are changed") : changes;
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
