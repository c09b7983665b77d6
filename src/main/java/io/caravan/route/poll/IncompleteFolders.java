package io.caravan.route.poll;

import io.caravan.base.VisibleText;
import io.caravan.model.status.IncompleteFolder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of a feed whose objects wait for their marker; tells of each once. Read by any thread. */
public final class IncompleteFolders {

    /** In one line. */
    private static final int SHOWN = 3;

    private static final Logger log = LoggerFactory.getLogger(IncompleteFolders.class);

    private final String feed;
    private Set<IncompleteFolder> told = Set.of();
    private volatile List<IncompleteFolder> all = List.of();

    public IncompleteFolders(String feed) {
        this.feed = feed;
    }

    public List<IncompleteFolder> all() {
        return all;
    }

    /** Takes what a look has found in place of what was known. */
    public void found(List<IncompleteFolder> folders) {
        all = List.copyOf(folders);
        List<IncompleteFolder> fresh =
                all.stream().filter(folder -> !told.contains(folder)).toList();
        told = new HashSet<>(all);
        fresh.stream().limit(SHOWN).forEach(folder -> log.info("Feed {}: {}", feed, VisibleText.of(folder.text())));
        if (fresh.size() > SHOWN) {
            log.info("Feed {}: the objects of {} more folders wait for their marker", feed, fresh.size() - SHOWN);
        }
    }
}
