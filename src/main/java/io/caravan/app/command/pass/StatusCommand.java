package io.caravan.app.command.pass;

import static io.caravan.app.text.Table.Column.number;
import static io.caravan.app.text.Table.Column.sentence;
import static io.caravan.app.text.Table.Column.text;

import io.caravan.app.command.CommandContext;
import io.caravan.app.command.FormatOption;
import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.app.text.Format;
import io.caravan.app.text.Table;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description =
                "Asks a running service how its feeds get on, by its /health; exits with 1 if it is not ready or does not"
                        + " answer.")
public final class StatusCommand implements Callable<Integer> {

    /** What asks a service. */
    public interface Asking {

        /**
         * Returns what a service says of its health, as JSON.
         *
         * @param address of the service; null for the port that the settings have, on this machine
         * @throws io.caravan.base.RetryableException if it does not answer
         */
        String ask(Settings settings, @Nullable URI address);
    }

    private final CommandContext context;
    private final Asking asking;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Address of the service. Default: http://localhost and the setting caravan.http.port.")
    private @Nullable URI url;

    @Mixin
    private FormatOption format = new FormatOption();

    public StatusCommand(CommandContext context, Asking asking) {
        this.context = context;
        this.asking = asking;
    }

    @Override
    public Integer call() {
        String answer = asking.ask(context.readSettings(), url);
        Map<String, @Nullable Object> health = JsonTree.object(answer);
        boolean isReady = "ready".equals(health.get("status"));
        if (format.format() == Format.JSON) {
            context.print(answer);
        } else {
            context.print(format.format(), feeds(health));
        }
        if (!isReady) {
            context.note("the service is " + health.get("status") + ": " + health.get("reasons"));
        }
        return isReady ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static Table feeds(Map<String, @Nullable Object> health) {
        Table table = new Table(
                text("feed"),
                text("state"),
                number("backlog"),
                number("lag seconds"),
                number("set aside"),
                number("rejected rows"),
                text("last load"),
                sentence("error"));
        if (health.get("feeds") instanceof List<?> feeds) {
            for (Object each : feeds) {
                Map<?, ?> feed = (Map<?, ?>) each;
                table.add(
                        feed.get("feed"),
                        feed.get("state") == null ? feed.get("role") : feed.get("state"),
                        figure(feed, "backlogObjects"),
                        figure(feed, "lagSeconds"),
                        figure(feed, "objectsSetAside"),
                        figure(feed, "rejectedRows"),
                        feed.get("lastLoad"),
                        feed.get("errorCode") == null ? null : feed.get("errorCode") + ": " + feed.get("error"));
            }
        }
        return table;
    }

    private static Object figure(Map<?, ?> feed, String name) {
        return Objects.requireNonNullElse(feed.get(name), 0L);
    }
}
