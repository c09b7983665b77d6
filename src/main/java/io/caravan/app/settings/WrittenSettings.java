package io.caravan.app.settings;

import io.caravan.app.text.NearestName;
import io.caravan.base.ErrorCode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What was written for each setting, in the file or in the environment, which wins. A variable that is set to nothing
 * takes back what the file says.
 */
final class WrittenSettings {

    private static final String VARIABLE_PREFIX = "CARAVAN_";

    // In a namespace with a service named caravan, or caravan-metrics, Kubernetes sets such variables in every
    // container:
    // https://kubernetes.io/docs/tutorials/services/connect-applications-service/#environment-variables
    private static final Pattern KUBERNETES = Pattern.compile(
            "CARAVAN(_\\w+)?_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

    /** What it sets them to, where they have the name of a setting: with a service named caravan-http, CARAVAN_HTTP_PORT. */
    private static final Pattern KUBERNETES_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    /** A value and the name, key or variable, under which it was written. */
    private record Written(String name, String value) {}

    private final Map<Setting, Written> written = new EnumMap<>(Setting.class);

    WrittenSettings(Map<String, String> file, Map<String, String> environment, SettingsProblems problems) {
        new TreeMap<>(file).forEach((key, value) -> {
            if (key.startsWith(Setting.PREFIX)) {
                Setting.ofKey(key).ifPresentOrElse(setting -> put(setting, key, value), () -> unknown(key, problems));
            }
        });
        for (Setting setting : Setting.ONLY_IN_ENVIRONMENT) {
            if (written.remove(setting) != null) {
                problems.add(
                        ErrorCode.SETTING_INVALID,
                        setting.key() + " has no effect in a file, because logging starts before it is read: set "
                                + setting.variable() + " in the environment");
            }
        }
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (variable.startsWith(VARIABLE_PREFIX) && !isOfKubernetes(variable, value)) {
                Setting.ofVariable(variable)
                        .ifPresentOrElse(setting -> put(setting, variable, value), () -> unknown(variable, problems));
            }
        });
    }

    private static boolean isOfKubernetes(String variable, String value) {
        return KUBERNETES.matcher(variable).matches()
                && (Setting.ofVariable(variable).isEmpty()
                        || KUBERNETES_ADDRESS.matcher(value).matches());
    }

    /** Returns what was written, or the default; empty if there is neither. */
    Optional<String> value(Setting setting) {
        Written value = written.get(setting);
        return value == null || value.value.isEmpty() ? setting.defaultValue() : Optional.of(value.value);
    }

    /** Returns the name that people have to look at: the one they wrote. */
    String name(Setting setting) {
        Written value = written.get(setting);
        return value == null ? setting.key() : value.name;
    }

    private void put(Setting setting, String name, String value) {
        written.put(setting, new Written(name, setting == Setting.WAREHOUSE_PASSWORD ? value : value.strip()));
    }

    private static void unknown(String name, SettingsProblems problems) {
        boolean variable = name.startsWith(VARIABLE_PREFIX);
        String prefix = variable ? VARIABLE_PREFIX : Setting.PREFIX;
        // What all have in common makes none the nearest.
        Optional<String> meant = NearestName.to(
                        name.substring(prefix.length()),
                        Arrays.stream(Setting.values())
                                .map(setting -> variable ? setting.variable() : setting.key())
                                .map(known -> known.substring(prefix.length()))
                                .toList())
                .map(nearest -> prefix + nearest);
        problems.add(
                ErrorCode.SETTING_UNKNOWN,
                name + " is not a setting: "
                        + meant.map(known -> "did you mean " + known + "?")
                                .orElse(variable ? "unset it" : "remove it, or look its name up in the documentation"));
    }
}
