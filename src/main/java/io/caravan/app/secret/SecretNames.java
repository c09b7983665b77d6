package io.caravan.app.secret;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.camel.util.SensitiveUtils;

/** Which names, of settings, of parameters or of variables, are those of secrets. */
public final class SecretNames {

    /** In JDBC URLs, variables and options: one of these anywhere in the name, whatever is between its letters. */
    private static final List<String> PARTS = List.of(
            "password",
            "passwd",
            "passphrase",
            "passcode",
            "pwd",
            "secret",
            "token",
            "assertion",
            "credential",
            "accesskey",
            "accountkey",
            "apikey",
            "authkey",
            "privatekey",
            "saskey",
            "sharedkey",
            "sharedaccesskey",
            "consumerkey",
            "connectionstring",
            "factoryarg",
            "jaasconfig",
            "signature",
            "webhook",
            "authorization");

    /** Caravan's settings, and the AWS SDK's: neither is a feed's to know. */
    private static final Pattern SETTING = Pattern.compile("(caravan|aws)([._-].*)?", Pattern.CASE_INSENSITIVE);

    /** The password of the Redshift driver's trust store, which the driver calls by the store's name and a blank. */
    private static final String TRUST_STORE_PASSWORD = "ssltruststore";

    private static final Pattern BETWEEN_LETTERS = Pattern.compile("[^a-z0-9]");

    private SecretNames() {}

    /** Returns whether the value of what has this name is not to be shown. */
    static boolean isSecret(String name) {
        String letters = BETWEEN_LETTERS.matcher(folded(name)).replaceAll("");
        return letters.endsWith("pass")
                || PARTS.stream().anyMatch(letters::contains)
                || letters.equals(TRUST_STORE_PASSWORD)
                || SensitiveUtils.containsSensitive(name)
                || SensitiveUtils.containsSensitive(letters);
    }

    /** In capitals first, as variables are looked up: a long s is an S there. */
    private static String folded(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /**
     * Returns whether a value is kept from who may write feeds alone.
     *
     * @param name of a variable or a setting, perhaps with a mark before and a default behind
     */
    public static boolean isKept(String name) {
        String bare = folded(name).strip().replaceFirst("^[?!]+", "").replaceFirst("[:?].*", "");
        return SETTING.matcher(bare).matches() || isSecret(bare);
    }
}
