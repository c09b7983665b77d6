package io.caravan.bench.pollock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What all files of a folder come to.
 *
 * @param simple the mean of the sums of the ten figures
 * @param weighted the same, each file by how often such files are met; null if nobody says so
 */
record Score(
        double success, double headerF1, double recordF1, double cellF1, double simple, @Nullable Double weighted) {

    /** Of a file that the weights do not name. */
    private static final double UNKNOWN = -1;

    static Score of(Map<String, Measures> files, Optional<JsonNode> weights) {
        return new Score(
                mean(files.values(), Measures::success),
                mean(files.values(), one -> one.header().f1()),
                mean(files.values(), one -> one.record().f1()),
                mean(files.values(), one -> one.cell().f1()),
                mean(files.values(), Measures::score),
                weights.map(by -> weighted(files, by)).orElse(null));
    }

    private static double mean(Collection<Measures> files, ToDoubleFunction<Measures> figure) {
        return files.stream().mapToDouble(figure).average().orElse(0);
    }

    private static double weighted(Map<String, Measures> files, JsonNode weights) {
        double all = 0;
        double sum = 0;
        for (Map.Entry<String, Measures> file : files.entrySet()) {
            double weight = weights.path(file.getKey()).asDouble(UNKNOWN);
            all += weight;
            sum += weight * file.getValue().score();
        }
        return sum / all;
    }
}
