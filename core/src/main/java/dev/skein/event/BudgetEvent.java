package dev.skein.event;

import dev.skein.failure.Failure;
import dev.skein.policy.Amounts;

/** What was set aside before a call, and what it cost in the end. */
public sealed interface BudgetEvent extends Event {
    record Reserved(String call, Amounts amounts) implements BudgetEvent {}

    /**
     * What a call cost in the end.
     *
     * @param unknown true if what was spent cannot be known; then the whole reservation counts as
     *     spent
     */
    record Settled(String call, Amounts amounts, boolean unknown) implements BudgetEvent {}

    record BudgetRefused(String call, Failure failure) implements BudgetEvent {}
}
