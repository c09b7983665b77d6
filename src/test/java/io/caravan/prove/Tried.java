package io.caravan.prove;

import java.time.Duration;
import java.util.List;

/**
 * What has become of an assumption.
 *
 * @param findings one for each claim that was decided
 */
record Tried(Assumption assumption, List<Finding> findings, Duration took) {

    Tried {
        findings = List.copyOf(findings);
    }
}
