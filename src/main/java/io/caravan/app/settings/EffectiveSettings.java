package io.caravan.app.settings;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings that hold, for people, in the order of the manual. */
final class EffectiveSettings {

    private final Map<Setting, String> values = new EnumMap<>(Setting.class);

    /**
     * Shows a setting as it could be written.
     *
     * @param value must show nothing that is secret; null if nothing holds, and then the setting is left out
     */
    void show(Setting setting, @Nullable Object value) {
        if (value instanceof Duration span) {
            values.put(setting, span.toString().substring("PT".length()).toLowerCase(Locale.ROOT));
        } else if (value != null) {
            values.put(setting, value.toString());
        }
    }

    /** Returns what is shown, by the names of the settings. */
    Map<String, String> byName() {
        Map<String, String> shown = new LinkedHashMap<>();
        values.forEach((setting, value) -> shown.put(setting.key(), value));
        return shown;
    }
}
