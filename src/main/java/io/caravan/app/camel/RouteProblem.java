package io.caravan.app.camel;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RetryableException;
import java.util.List;

/**
 * What is wrong with a feed, or with a route file as a whole.
 *
 * @param file name of the file
 * @param feed name of the feed; of a file that cannot be read, the name that it seems to give a feed, or the file's own
 * @param isOfFile whether nothing of the file can be used; otherwise that feed alone
 * @param message what is wrong and the way out, without the file
 */
public record RouteProblem(String file, String feed, boolean isOfFile, ErrorCode code, String message) {

    public RouteProblem {
        requireNonNull(file, "file");
        requireNonNull(feed, "feed");
        requireNonNull(code, "code");
        requireNonNull(message, "message");
    }

    public static RouteProblem ofFeed(String file, String feed, ErrorCode code, String message) {
        return new RouteProblem(file, feed, false, code, message);
    }

    static RouteProblem ofFile(String file, ErrorCode code, String message) {
        return new RouteProblem(file, RouteFile.stem(file), true, code, message);
    }

    /** Returns it for people. */
    public String text() {
        return file + ": " + message;
    }

    /** Returns it as what ends a command. */
    public CaravanException exception() {
        return exception(List.of(this));
    }

    /** Returns all as what ends a command, of which there is one at least; what stays wrong counts more than what may pass. */
    static CaravanException exception(List<RouteProblem> problems) {
        return problems.stream()
                .map(RouteProblem::code)
                .filter(code -> !code.reaction().isRetryable())
                .findFirst()
                .<CaravanException>map(code -> new InvalidConfigurationException(code, text(problems)))
                .orElseGet(() -> new RetryableException(problems.get(0).code(), text(problems)));
    }

    /** Returns all for people, a line each; several feeds of a file may have one in common. */
    public static String text(List<RouteProblem> problems) {
        return problems.stream().map(RouteProblem::text).distinct().collect(joining("\n"));
    }
}
