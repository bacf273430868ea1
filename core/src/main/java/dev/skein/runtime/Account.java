package dev.skein.runtime;

import dev.skein.failure.Limit;
import dev.skein.failure.SkeinException;
import dev.skein.model.Money;
import dev.skein.policy.Amounts;
import dev.skein.policy.Budget;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a run and its descendants have spent and set aside. Accounts form a tree; a reservation
 * takes the same amounts from every account up to the top, or from none. One lock per tree guards
 * all its accounts and nothing is called under it. Where nobody above is limited there is nothing
 * to hold, and the lock is not taken.
 */
final class Account {
    private static final String MONEY = "money";

    private final String owner;
    private final @Nullable Account parent;
    private final Budget budget;
    private final ReentrantLock lock;
    private final boolean limited;
    private Amounts spent = Amounts.none();
    private Amounts reserved = Amounts.none();

    Account(String owner, @Nullable Account parent, Budget budget) {
        this.owner = owner;
        this.parent = parent;
        this.budget = budget;
        this.lock = parent == null ? new ReentrantLock() : parent.lock;
        this.limited = !budget.equals(Budget.unlimited()) || (parent != null && parent.limited);
    }

    /** Whether money is limited here or above. */
    boolean limitsMoney() {
        return budget.money() != null || (parent != null && parent.limitsMoney());
    }

    /** What an unknown price means here: the nearest account that limits money says so. */
    Budget.Unpriced unpriced() {
        return budget.money() != null || parent == null ? budget.unpriced() : parent.unpriced();
    }

    String owner() {
        return owner;
    }

    boolean limited() {
        return limited;
    }

    /**
     * Sets the amounts aside, here and above.
     *
     * @throws SkeinException with {@code limit.budget} naming the account that cannot pay; nothing
     *     is set aside then
     */
    void reserve(Amounts amounts) {
        if (!limited) return;
        lock.lock();
        try {
            for (var account = this; account != null; account = account.parent)
                account.check(amounts);
            for (var account = this; account != null; account = account.parent)
                account.reserved = account.reserved.plus(amounts);
        } finally {
            lock.unlock();
        }
    }

    /** Turns a reservation into what was really spent. */
    void settle(Amounts reservation, Amounts actual) {
        if (!limited) return;
        lock.lock();
        try {
            for (var account = this; account != null; account = account.parent) {
                account.reserved = account.reserved.minus(reservation);
                account.spent = account.spent.plus(actual);
            }
        } finally {
            lock.unlock();
        }
    }

    private void check(Amounts asked) {
        fits("tokens", budget.tokens(), Amounts::tokens, asked);
        fits("turns", asLong(budget.turns()), Amounts::turns, asked);
        fits("tool calls", asLong(budget.toolCalls()), Amounts::toolCalls, asked);
        fits("spawns", asLong(budget.spawns()), Amounts::spawns, asked);
        var money = budget.money();
        fits(MONEY, money == null ? null : money.nanos(), Amounts::nanos, asked);
    }

    private void fits(
            String kind, @Nullable Long limit, ToLongFunction<Amounts> amount, Amounts asked) {
        long more = amount.applyAsLong(asked);
        if (limit == null || more == 0) return;
        long settled = amount.applyAsLong(spent);
        long held = amount.applyAsLong(reserved);
        if (settled + held + more <= limit) return;
        throw new SkeinException(
                new Limit.Budget(
                        owner,
                        shown(kind, more),
                        shown(kind, limit),
                        shown(kind, settled),
                        shown(kind, held)));
    }

    private String shown(String kind, long amount) {
        var money = budget.money();
        return kind.equals(MONEY) && money != null
                ? new Money(amount, money.currency()).toString()
                : amount + " " + kind;
    }

    private static @Nullable Long asLong(@Nullable Integer limit) {
        return limit == null ? null : Long.valueOf(limit);
    }
}
