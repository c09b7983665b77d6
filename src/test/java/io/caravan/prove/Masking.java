package io.caravan.prove;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keeps what nobody else should know out of results that are shown around. */
final class Masking {

    private static final List<String> SECRETS = List.of(
            "CARAVAN_WAREHOUSE_PASSWORD",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_ACCESS_KEY_ID",
            "PGPASSWORD");

    /** In ARNs, queue URLs and names of Serverless hosts. */
    private static final Pattern ACCOUNT = Pattern.compile("(?<![0-9])[0-9]{12}(?![0-9])");

    /** What a URL for the driver says after the database's name may be a password. */
    private static final Pattern URL_OPTIONS = Pattern.compile("(jdbc:redshift:[^\\s;?&]*)[;?&]\\S*");

    private final List<String> secrets;

    /** Knows the secrets of the environment. */
    Masking(Environment environment) {
        // The longest first: one may be a part of another.
        secrets = SECRETS.stream()
                .flatMap(name -> environment.get(name).stream())
                .flatMap(secret -> Stream.of(secret))
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    String mask(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, "***");
        }
        masked = URL_OPTIONS.matcher(masked).replaceAll("$1");
        return ACCOUNT.matcher(masked).replaceAll("************");
    }
}
