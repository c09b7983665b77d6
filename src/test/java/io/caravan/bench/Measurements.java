package io.caravan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures the goals of {@code docs/performance.md}, one after the other, each with a sandbox of its own. */
public final class Measurements {

    private Measurements() {}

    /**
     * Takes the checkout, an empty directory to work in, the scale, the numbers of the goals with commas between or
     * {@code all}, and Caravan's version. Ends with 1 if a goal could not be measured.
     */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Path directory = Path.of(arguments[1]);
        Scale scale = new Scale(Double.parseDouble(arguments[2]));
        List<Goal> goals = chosen(all(scale), arguments[3]);
        LocalDate today = LocalDate.now(Clock.systemUTC());
        Report report = new Report("Caravan " + arguments[4] + ", " + today + ", " + scale.share() + " of full size, "
                + Machine.describe() + ".");
        Path result = home.resolve("bench/results/" + today + ".md");
        boolean complete = true;
        for (Goal goal : goals) {
            complete &= measure(goal, home, directory.resolve("goal-" + goal.number()), report);
            report.write(result);
        }
        System.out.println();
        System.out.println("Written to " + home.relativize(result));
        System.exit(complete ? 0 : 1);
    }

    private static List<Goal> all(Scale scale) {
        return List.of(
                new DataPathGoal(scale),
                new WholeLoad(scale),
                new Snapshot(scale),
                new ManyObjects(scale),
                new NaiveRecipe(scale),
                new MemoryGoal(scale),
                new LoadedObjects(scale),
                new InsertStagingGoal(scale),
                new DistantStore(scale));
    }

    private static List<Goal> chosen(List<Goal> all, String numbers) {
        if (numbers.equals("all")) {
            return all;
        }
        Set<Integer> wanted =
                Arrays.stream(numbers.split(",", -1)).map(Integer::valueOf).collect(Collectors.toSet());
        List<Goal> goals =
                all.stream().filter(goal -> wanted.contains(goal.number())).toList();
        if (goals.size() != wanted.size()) {
            throw new IllegalArgumentException("there are no such goals: " + numbers);
        }
        return goals;
    }

    /** Returns whether it was measured; a goal that was not does not keep the others from it. */
    private static boolean measure(Goal goal, Path home, Path directory, Report report) throws IOException {
        Files.createDirectories(directory);
        report.begin(goal);
        try (Bench bench = new Bench(home, directory)) {
            report.say("PostgreSQL " + bench.query("SHOW server_version").get(0));
            report.end(goal, goal.measure(bench, report));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            e.printStackTrace();
            report.fail(goal, e);
            return false;
        } finally {
            delete(directory);
        }
    }

    /** The next goal may need the space. */
    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
