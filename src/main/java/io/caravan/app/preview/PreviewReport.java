package io.caravan.app.preview;

import io.caravan.app.report.ExitCode;
import io.caravan.app.text.Format;
import io.caravan.app.text.Screen;
import io.caravan.base.CaravanException;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.preview.FeedPreview;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the next loads of feeds would do.
 *
 * @param feeds each feed's
 */
public record PreviewReport(List<FeedPreview> feeds) {

    public PreviewReport {
        feeds = List.copyOf(feeds);
    }

    /** Returns the report as it is printed; every line ends in a line feed. */
    public String render(Format format, Screen screen) {
        return switch (format) {
            case TEXT -> PreviewText.of(this, screen);
            case JSON -> PreviewJson.of(this);
            case CSV ->
                Format.CSV.render(PreviewTable.of(
                        feeds.stream().flatMap(feed -> feed.loads().stream()).toList()));
        };
    }

    /** Returns what people should know besides: what could not be previewed. */
    public List<String> failures() {
        List<String> failures = new ArrayList<>();
        for (FeedPreview feed : feeds) {
            @Nullable CaravanException failure = feed.failure();
            if (failure != null) {
                failures.add("feed " + feed.feed() + ": " + failure.code() + ": " + failure.getMessage());
            }
        }
        return failures;
    }

    /** As that of a load that does the same. */
    public int exitCode() {
        if (feeds.stream().anyMatch(feed -> feed.failure() instanceof InvalidConfigurationException)) {
            return ExitCode.INVALID;
        }
        if (feeds.stream().anyMatch(feed -> feed.failure() != null)) {
            return ExitCode.FAILED;
        }
        return feeds.stream().anyMatch(FeedPreview::hasRejected) ? ExitCode.REJECTED : ExitCode.DONE;
    }
}
