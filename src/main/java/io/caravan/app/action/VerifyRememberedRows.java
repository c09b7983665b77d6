package io.caravan.app.action;

import io.caravan.app.camel.FeedFile;
import io.caravan.app.camel.Feeds;
import io.caravan.app.command.pass.VerifyCommand;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.load.remember.RememberedCheck;
import io.caravan.model.feed.Feed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what feeds remember with their tables. */
public final class VerifyRememberedRows implements VerifyCommand.Checks {

    @Override
    public Map<String, RememberedCheck.Result> check(Settings settings, Set<String> names) {
        List<Feed> feeds = Feeds.choose(Feeds.all(settings), names).stream()
                .map(FeedFile::feed)
                .filter(feed -> feed.merge().remembersRows() || !names.isEmpty())
                .toList();
        Map<String, RememberedCheck.Result> results = new LinkedHashMap<>();
        try (Wiring wiring = new Wiring(settings)) {
            wiring.rememberedCheck().filter(check -> !feeds.isEmpty()).ifPresent(check -> {
                wiring.warehouse().probe();
                feeds.forEach(feed -> results.put(feed.name(), check.check(feed)));
            });
        }
        return results;
    }
}
