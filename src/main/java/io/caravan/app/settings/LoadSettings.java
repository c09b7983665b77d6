package io.caravan.app.settings;

import static java.util.Objects.requireNonNull;

import io.caravan.app.secret.MaskedUri;
import io.caravan.base.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the loads of all feeds share.
 *
 * @param ledgerRefresh how long at most nobody looks what the ledger says, if objects give no reason to
 * @param deadLetterUri Camel endpoint that also gets the dead letters; null if none does
 * @param eventsUri Camel endpoint that is told what happens; null if none is
 * @param lineage who is told of loads as runs of OpenLineage; null if nobody is
 * @param stateDirectory where each process notes what it loads; null if none does
 */
public record LoadSettings(
        Duration ledgerRefresh,
        @Nullable String deadLetterUri,
        @Nullable String eventsUri,
        @Nullable LineageSettings lineage,
        @Nullable Path stateDirectory) {

    private static final Pattern USER_NAME = Pattern.compile("[A-Za-z0-9._-]+");

    public LoadSettings {
        requireNonNull(ledgerRefresh, "ledgerRefresh");
    }

    static LoadSettings read(SettingValues values) {
        return new LoadSettings(
                values.span(Setting.LEDGER_REFRESH, "5m or 30s"),
                uri(values, Setting.DEAD_LETTER_URI, "file:dead-letters"),
                uri(values, Setting.EVENTS_URI, "file:events"),
                LineageSettings.read(values),
                stateDirectory(values));
    }

    /** Returns whether somebody is told of loads. */
    public boolean tellsOfLoads() {
        return eventsUri != null || lineage != null;
    }

    private static @Nullable String uri(SettingValues values, Setting setting, String example) {
        @Nullable String uri = values.orNull(setting);
        if (uri != null && !uri.contains(":")) {
            values.problem(
                    ErrorCode.SETTING_INVALID,
                    values.name(setting) + " is not a Camel endpoint: write a scheme first, for example " + example);
        }
        return uri;
    }

    /** Returns the directory, of this user's own if none is named; a container's user may have no name. */
    private static Path stateDirectory(SettingValues values) {
        @Nullable String written = values.orNull(Setting.STATE_DIRECTORY);
        if (written != null) {
            return values.workingDirectory().resolve(written);
        }
        String user = System.getProperty("user.name", "");
        String name = USER_NAME.matcher(user).matches() ? user : "user";
        return Path.of(System.getProperty("java.io.tmpdir")).resolve("caravan-" + name);
    }

    void show(EffectiveSettings shown) {
        shown.show(Setting.LEDGER_REFRESH, ledgerRefresh);
        shown.show(Setting.DEAD_LETTER_URI, deadLetterUri == null ? null : MaskedUri.of(deadLetterUri));
        shown.show(Setting.EVENTS_URI, eventsUri == null ? null : MaskedUri.of(eventsUri));
        if (lineage != null) {
            lineage.show(shown);
        }
        shown.show(Setting.STATE_DIRECTORY, stateDirectory);
    }
}
