package io.caravan.app.settings;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Gathers what is wrong with the settings, so that all of it is reported at once. */
final class SettingsProblems {

    private final List<String> messages = new ArrayList<>();
    private final Set<ErrorCode> codes = EnumSet.noneOf(ErrorCode.class);

    void add(ErrorCode code, String message) {
        codes.add(code);
        messages.add(message);
    }

    /**
     * Does nothing if there is no problem.
     *
     * @throws InvalidConfigurationException if there is; its message has a line for each
     */
    void throwIfAny() {
        if (messages.isEmpty()) {
            return;
        }
        ErrorCode code = codes.size() == 1 ? codes.iterator().next() : ErrorCode.SETTING_INVALID;
        String message = messages.size() == 1
                ? messages.get(0)
                : messages.size() + " problems in the settings:\n  " + String.join("\n  ", messages);
        throw new InvalidConfigurationException(code, message);
    }
}
