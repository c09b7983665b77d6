package io.caravan.app.settings;

import java.util.Set;

/** What logging has read before any file was: here it is only checked. */
final class LogSettings {

    private static final Set<String> FORMATS = Set.of("text", "json");
    private static final Set<String> LEVELS = Set.of("OFF", "FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "ALL");

    private LogSettings() {}

    static void check(SettingValues values) {
        String level = values.required(Setting.LOG_LEVEL);
        if (LEVELS.stream().noneMatch(level::equalsIgnoreCase)) {
            values.isWrong(Setting.LOG_LEVEL, "write ERROR, WARN, INFO, DEBUG or TRACE");
        }
        if (!FORMATS.contains(values.required(Setting.LOG_FORMAT))) {
            values.isWrong(Setting.LOG_FORMAT, "write text or json");
        }
    }
}
