package io.caravan.app.check;

import io.caravan.app.settings.Setting;
import io.caravan.app.settings.Settings;
import io.caravan.aws.AwsPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is spoken to without TLS, and is not on this machine. */
public final class PlainConnections {

    private static final Pattern HOST = Pattern.compile("jdbc:redshift:(?:iam:)?//(\\[[^\\]]*]|[^:/;?]*).*");

    /** The driver's default is encryption with a look at the certificate and the name in it. */
    private static final Pattern PLAIN = Pattern.compile("[;?&]ssl=false(?=[;&]|$)");

    private PlainConnections() {}

    /** Returns a warning for each. */
    public static List<String> warnings(Settings settings, AwsPlace aws) {
        List<String> warnings = new ArrayList<>(aws.plain());
        settings.store().endpoints().forEach(endpoint -> AwsPlace.plain("S3", endpoint, Setting.S3_ENDPOINTS.key())
                .ifPresent(warnings::add));
        settings.staging()
                .flatMap(staging -> AwsPlace.plain("S3", staging.access().endpoint(), Setting.STAGING_ENDPOINT.key()))
                .ifPresent(warnings::add);
        String url = settings.warehouse().url();
        Matcher host = HOST.matcher(url);
        Matcher plain = PLAIN.matcher(url.toLowerCase(Locale.ROOT));
        if (plain.find() && !(host.matches() && AwsPlace.isLoopback(host.group(1)))) {
            warnings.add(
                    "the warehouse is spoken to with ssl=false: the password and all rows go over the network as they are; leave that out of "
                            + Setting.WAREHOUSE_URL.key());
        }
        return warnings;
    }
}
