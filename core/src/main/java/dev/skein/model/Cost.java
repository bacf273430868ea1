package dev.skein.model;

import java.util.Set;
import java.util.TreeSet;

/** What something cost, as far as prices are known. A missing price is never zero. */
public sealed interface Cost {
    record Known(Money money) implements Cost {}

    /** At least this much; the models named have no known price. */
    record AtLeast(Money money, Set<String> unpriced) implements Cost {
        public AtLeast {
            unpriced = Set.copyOf(unpriced);
        }
    }

    /** What is known of it. */
    Money money();

    static Cost none() {
        return Nothing.COST;
    }

    private boolean isNothing() {
        return this instanceof Known(var money) && money.nanos() == 0;
    }

    default Cost plus(Cost other) {
        if (isNothing()) return other;
        if (other.isNothing()) return this;
        var unpriced = new TreeSet<String>();
        if (this instanceof AtLeast(_, var mine)) unpriced.addAll(mine);
        if (other instanceof AtLeast(_, var theirs)) unpriced.addAll(theirs);
        var sum = money().plus(other.money());
        return unpriced.isEmpty() ? new Known(sum) : new AtLeast(sum, unpriced);
    }
}
