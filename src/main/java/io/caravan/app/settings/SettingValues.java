package io.caravan.app.settings;

import io.caravan.base.ErrorCode;
import io.caravan.model.feed.StoreAccess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is meant by what was written for each setting. What is wrong with it becomes a problem, with the way out, and a value
 * takes its place that lets the others be read.
 */
final class SettingValues {

    private final WrittenSettings written;
    private final SettingsProblems problems;
    private final List<Path> directories;

    /**
     * Reads what was written.
     *
     * @param directories where files are looked for; not empty, the first is the working directory
     */
    SettingValues(WrittenSettings written, SettingsProblems problems, List<Path> directories) {
        this.written = written;
        this.problems = problems;
        this.directories = directories;
    }

    /** Returns the value, or the default; empty if there is neither. */
    Optional<String> text(Setting setting) {
        return written.value(setting);
    }

    /** Returns the value, or the default; null if there is neither. */
    @Nullable
    String orNull(Setting setting) {
        return text(setting).orElse(null);
    }

    /** Returns the value, or the default, which there is. */
    String required(Setting setting) {
        return text(setting).orElseThrow();
    }

    /** Returns the name that people have to look at: the one they wrote. */
    String name(Setting setting) {
        return written.name(setting);
    }

    Duration span(Setting setting, String examples) {
        try {
            Duration span = Duration.parse("PT" + required(setting));
            if (!span.isNegative()) {
                return span;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        isWrong(setting, "write a time span such as " + examples);
        return Duration.ZERO;
    }

    boolean truth(Setting setting) {
        String value = required(setting);
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            isWrong(setting, "write true or false");
        }
        return value.equalsIgnoreCase("true");
    }

    /** Returns a number of at least 1, or 1. */
    long positive(Setting setting, long most, String wayOut) {
        try {
            long number = Long.parseLong(required(setting));
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        isWrong(setting, wayOut);
        return 1;
    }

    /**
     * Returns the endpoint that a text names; empty if it names none.
     *
     * @param text what was written for the setting, or a part of it
     */
    Optional<URI> endpoint(Setting setting, String text) {
        try {
            return Optional.of(StoreAccess.endpoint(text));
        } catch (IllegalArgumentException e) {
            isWrong(setting, "write " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns the value if it is as a pattern says; null if it is not, or is not set. */
    @Nullable
    String matching(Setting setting, Pattern pattern, String wayOut) {
        @Nullable String value = orNull(setting);
        if (value != null && !pattern.matcher(value).matches()) {
            isWrong(setting, wayOut);
            return null;
        }
        return value;
    }

    Path workingDirectory() {
        return directories.get(0);
    }

    /** Returns where a file is, of the first directory that has it; empty if none has. */
    Optional<Path> find(Path path, Predicate<Path> there) {
        return directories.stream()
                .map(directory -> directory.resolve(path))
                .filter(there)
                .findFirst();
    }

    /** Says that what was written for a setting does not do, and what would. */
    void isWrong(Setting setting, String wayOut) {
        problem(ErrorCode.SETTING_INVALID, name(setting) + " is '" + required(setting) + "': " + wayOut);
    }

    void problem(ErrorCode code, String message) {
        problems.add(code, message);
    }
}
