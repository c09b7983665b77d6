package io.caravan.app.action;

import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.FeedFile;
import io.caravan.app.camel.Feeds;
import io.caravan.app.camel.RouteSet;
import io.caravan.app.command.pass.PreviewCommand;
import io.caravan.app.draft.LocalFile;
import io.caravan.app.preview.PreviewReport;
import io.caravan.app.preview.PreviewRequest;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.SpiDecorator;
import io.caravan.app.wiring.Wiring;
import io.caravan.load.preview.FeedPreview;
import io.caravan.load.preview.PreviewWish;
import io.caravan.load.preview.PreviewedFile;
import io.caravan.model.feed.Feed;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ProcessDeaths;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what the next loads would do, through the routes that would do it. */
public final class PreviewLoads implements PreviewCommand.Previewing {

    private final SpiDecorator decorator;

    public PreviewLoads(SpiDecorator decorator) {
        this.decorator = decorator;
    }

    @Override
    public PreviewReport preview(Settings settings, PreviewRequest request, LoadListener listener) {
        RouteSet set = Feeds.look(settings);
        List<FeedFile> feeds = Feeds.choose(set, request.feeds());
        List<FeedPreview> previews = new ArrayList<>();
        set.stopped().stream()
                .filter(problem -> request.feeds().isEmpty() || request.feeds().contains(problem.feed()))
                .forEach(problem ->
                        previews.add(new FeedPreview(problem.feed(), List.of(), List.of(), problem.exception())));
        try (Wiring wiring = new Wiring(settings, 1, ProcessDeaths.NONE, decorator)) {
            if (!request.offline()) {
                wiring.warehouse().probe();
            }
            try (CamelRoutes routes = wiring.routes(set, LoadListener.NONE, false)) {
                routes.start();
                for (FeedFile file : feeds) {
                    previews.add(routes.preview(file.feed().name(), wish(file.feed(), request, listener)));
                }
            }
        }
        return new PreviewReport(previews);
    }

    private static PreviewWish wish(Feed feed, PreviewRequest request, LoadListener listener) {
        if (request.file() == null) {
            return new PreviewWish(request.key(), null, request.rows(), request.offline(), listener);
        }
        @Nullable String wished = request.key();
        String key = wished == null ? feed.prefixes().get(0) + request.file().getFileName() : wished;
        LocalFile file = new LocalFile(request.file()).as(feed.bucket(), key);
        return new PreviewWish(
                key, new PreviewedFile(file.version(), file), request.rows(), request.offline(), listener);
    }
}
