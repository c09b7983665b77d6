package io.caravan.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which objects of a load belong together. Immutable. */
public final class Deliveries {

    /** Of objects that each stand alone. */
    public static final Deliveries NONE = new Deliveries(List.of());

    private final List<Delivery> deliveries;
    private final Map<ObjectVersion, Integer> numbers = new HashMap<>();

    public Deliveries(List<Delivery> deliveries) {
        this.deliveries = List.copyOf(deliveries);
        for (int i = 0; i < deliveries.size(); i++) {
            for (ObjectVersion object : deliveries.get(i).objects()) {
                numbers.put(object, i);
            }
        }
    }

    /** Returns them in their order. */
    public List<Delivery> all() {
        return deliveries;
    }

    public boolean areNone() {
        return deliveries.isEmpty();
    }

    /** Returns whether two objects are one, or are of one delivery. */
    public boolean areTogether(ObjectVersion one, ObjectVersion other) {
        Integer number = numbers.get(one);
        return one.equals(other) || (number != null && number.equals(numbers.get(other)));
    }
}
