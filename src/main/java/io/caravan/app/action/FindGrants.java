package io.caravan.app.action;

import io.caravan.app.camel.FeedFile;
import io.caravan.app.camel.Feeds;
import io.caravan.app.camel.RouteSet;
import io.caravan.app.catalog.CatalogSource;
import io.caravan.app.command.rights.GrantsCommand;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.feed.Feed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what is to be granted to the warehouse's user. */
public final class FindGrants implements GrantsCommand.Grants {

    @Override
    public GrantsCommand.Found find(Settings settings, boolean isAll, boolean isOffline, @Nullable String user) {
        RouteSet set = Feeds.look(settings, isOffline ? CatalogSource.offline() : CatalogSource.online());
        List<String> notes = new ArrayList<>();
        set.problems().forEach(problem -> notes.add("Left out: " + problem.text()));
        List<Feed> feeds = set.checked().stream().map(FeedFile::feed).toList();
        if (!isOffline) {
            try (Wiring wiring = new Wiring(settings)) {
                return new GrantsCommand.Found(wiring.findMissingGrants(feeds, isAll), notes);
            } catch (CaravanException e) {
                notes.add("This is everything, since what is there already could not be seen: " + e.getMessage());
            }
        }
        String grantee = user == null
                ? settings.warehouse().login().orElseThrow(() -> lacking("user", "; name it with --user"))
                : user;
        String database = settings.warehouse().database().orElseThrow(() -> lacking("database", ""));
        return new GrantsCommand.Found(Wiring.neededGrants(settings, feeds).unseen(grantee, database), notes);
    }

    private static InvalidConfigurationException lacking(String what, String wayOut) {
        return new InvalidConfigurationException(
                ErrorCode.SETTING_MISSING,
                "The settings do not say which " + what + " of the warehouse is meant" + wayOut);
    }
}
