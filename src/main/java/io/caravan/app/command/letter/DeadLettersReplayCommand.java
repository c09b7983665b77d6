package io.caravan.app.command.letter;

import io.caravan.app.command.CommandContext;
import io.caravan.app.command.FormatOption;
import io.caravan.app.preview.PreviewReport;
import io.caravan.app.report.ExitCode;
import io.caravan.app.report.LoadTable;
import io.caravan.app.report.Progress;
import io.caravan.app.report.ReplayReport;
import io.caravan.app.report.ReplayRequest;
import io.caravan.app.settings.Settings;
import io.caravan.load.preview.FeedPreview;
import io.caravan.model.ledger.DeadLetter.Status;
import io.caravan.spi.LoadListener;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description =
                "Brings open dead letters through their feed again, once. An object that was rejected as a whole is"
                        + " loaded again with the next pass.")
public final class DeadLettersReplayCommand implements Callable<Integer> {

    /** What replays them. */
    public interface Replaying {

        /**
         * Replays dead letters.
         *
         * @throws io.caravan.base.InvalidConfigurationException if there is no such feed
         */
        ReplayReport replay(Settings settings, ReplayRequest request, LoadListener listener) throws Exception;
    }

    private final CommandContext context;
    private final Replaying replaying;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin
    private DeadLetterChoice choice = new DeadLetterChoice();

    @Option(
            names = "--corrected",
            paramLabel = "FILE",
            description =
                    "Only the dead letters in this file, and with the text that it has in \"raw\". The file is what"
                            + " 'dead-letters show --format json' has printed, corrected.")
    private @Nullable Path corrected;

    @Option(
            names = "--overwrite",
            description = "Also change rows of the table that were loaded later than the dead letters' objects.")
    private boolean overwrite;

    @Option(names = "--dry-run", description = "Replay nothing; say what would be done, as 'preview' does.")
    private boolean dryRun;

    @Mixin
    private FormatOption format = new FormatOption();

    public DeadLettersReplayCommand(CommandContext context, Replaying replaying) {
        this.context = context;
        this.replaying = replaying;
    }

    @Override
    public Integer call() throws Exception {
        @Nullable String feed = choice.feed();
        if (feed == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Say of which feed by --feed; --load, --key, --line, --code and --column choose among its dead letters");
        }
        if (corrected != null && !choice.isOfWholeFeed()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--corrected names the dead letters itself; leave out --load, --key, --line, --code and --column");
        }
        ReplayRequest request = new ReplayRequest(
                feed,
                choice.filter(Status.OPEN),
                corrected == null ? null : CorrectedFile.read(corrected),
                overwrite,
                dryRun);
        ReplayReport report;
        try (Progress progress = context.progress()) {
            report = replaying.replay(context.readSettings(), request, progress);
        }
        @Nullable FeedPreview planned = report.planned();
        PreviewReport preview = new PreviewReport(planned == null ? List.of() : List.of(planned));
        if (planned == null) {
            context.print(format.format(), LoadTable.of(report.lines()));
        } else {
            context.print(preview.render(format.format(), context.screen()));
        }
        preview.failures().forEach(context::note);
        report.notes().forEach(context::note);
        if (report.isEmpty()) {
            context.note("there is no such open dead letter");
        }
        return preview.exitCode() == ExitCode.DONE ? report.exitCode() : preview.exitCode();
    }
}
